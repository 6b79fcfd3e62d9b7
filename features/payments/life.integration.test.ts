import { describe, expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { createPayment } from "@/features/payments/mutations/create";
import { mintInvoiceObjectId } from "@/lib/ids";
import { Carrier, postToPortal } from "@/prisma/demo/carrier";
import { booksOf, makeBusiness, makeInvoice, paymentOf, statusesOf } from "@/tests/books";
import { prisma } from "@/tests/prisma";

const NOW = new Date("2026-11-20T10:00:00Z");
const clock = () => NOW;

async function trade(total = 100_000) {
  const buyer = await makeBusiness("Anvaya");
  const supplier = await makeBusiness("Kaveri");
  const invoice = await makeInvoice(buyer, supplier, total);
  return { buyer, supplier, invoice, carrier: new Carrier(clock, [buyer, supplier]) };
}

describe("a payment's life", () => {
  test("a part payment with TDS, accepted: both sides' books agree", async () => {
    const { buyer, supplier, invoice, carrier } = await trade();
    const request = paymentOf(supplier, [{ invoice, net: 58_000, tds: 2_000 }]);

    expect(await createPayment(buyer, request, NOW)).toEqual({ kind: "created", objectId: request.objectId });
    expect((await booksOf(invoice)).payable).toEqual({ status: "PAYMENT_INITIATED", paid: 0, pending: 60_000 });

    await carrier.carryAll();
    expect(await statusesOf(request.objectId)).toEqual({
      outgoing: "AWAITING_CONFIRMATION",
      incoming: "AWAITING_CONFIRMATION",
    });

    const answer = { response: "ACCEPT", remarks: "Received in HDFC" } as const;
    expect(await answerPayment(supplier, request.objectId, answer, NOW)).toEqual({ kind: "answered" });
    await carrier.carryAll();

    expect(await statusesOf(request.objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
    const settled = { status: "PART_PAID", paid: 60_000, pending: 0 };
    expect(await booksOf(invoice)).toEqual({ payable: settled, receivable: settled });
    const [line] = await prisma.paymentLine.findMany({ where: { businessId: supplier.businessId } });
    expect(line?.splits).toEqual([{ name: "TDS", value: 2_000, refNo: "194Q" }]);
    const outgoing = await prisma.payment.findFirst({ where: { businessId: buyer.businessId } });
    expect(outgoing).toMatchObject({ supplierRemarks: "Received in HDFC", respondedBy: "Kaveri" });
    // Searches are answered from the lines: each says what its own payment says.
    const listed = { include: { payment: true }, where: { paymentObjectId: request.objectId } } as const;
    const lines = await prisma.paymentLine.findMany(listed);
    expect(lines.map(({ side }) => side).sort()).toEqual(["INCOMING", "OUTGOING"]);
    for (const { payment, search, ...said } of lines) {
      const { side, createdAt: madeAt, paidAt, total: paymentTotal } = payment;
      expect(said).toMatchObject({ side, madeAt, paidAt, paymentTotal });
      expect(search).toContain(payment.utr.toLowerCase());
    }
  });

  test("rejected with remarks: the money is due again on both sides", async () => {
    const { buyer, supplier, invoice, carrier } = await trade();
    const request = paymentOf(supplier, [{ invoice, net: 100_000 }]);
    await createPayment(buyer, request, NOW);
    await carrier.carryAll();
    await answerPayment(supplier, request.objectId, { response: "REJECT", remarks: "Not in our account" }, NOW);
    await carrier.carryAll();

    expect(await statusesOf(request.objectId)).toEqual({ outgoing: "REJECTED", incoming: "REJECTED" });
    const due = { status: "CREATED", paid: 0, pending: 0 };
    expect(await booksOf(invoice)).toEqual({ payable: due, receivable: due });
  });

  test("the supplier's platform refuses: the payment has failed, says why, and the money is due again", async () => {
    const { buyer, supplier, invoice, carrier } = await trade();
    await prisma.invoice.updateMany({
      where: { businessId: supplier.businessId, id: invoice.receivableId },
      data: { objectId: mintInvoiceObjectId() },
    });
    const request = paymentOf(supplier, [{ invoice, net: 100_000 }]);
    await createPayment(buyer, request, NOW);
    await carrier.carryAll();

    const payment = await prisma.payment.findFirstOrThrow({ where: { objectId: request.objectId } });
    expect(payment).toMatchObject({
      status: "FAILED",
      failureCode: "INVOICE_NOT_FOUND",
      failureField: "payment.invoicesPayInfos[0].objectId",
    });
    expect((await booksOf(invoice)).payable).toEqual({ status: "CREATED", paid: 0, pending: 0 });
  });
});

describe("races", () => {
  test("two payments for the same rupee: one is made, the other is told", async () => {
    const { buyer, supplier, invoice } = await trade();
    const requests = Array.from({ length: 8 }, () => paymentOf(supplier, [{ invoice, net: 60_000 }]));
    const outcomes = await Promise.all(requests.map((request) => createPayment(buyer, request, NOW)));

    expect(outcomes.filter((outcome) => outcome.kind === "created")).toHaveLength(1);
    const refusals = outcomes.flatMap((outcome) => (outcome.kind === "refused" ? [outcome.refusal.code] : []));
    expect(refusals).toEqual(Array(7).fill("EXCEEDS_DUE"));
    expect((await booksOf(invoice)).payable.pending).toBe(60_000);
    expect(await prisma.payment.count({ where: { businessId: buyer.businessId } })).toBe(1);
    expect(await prisma.message.count({ where: { businessId: buyer.businessId } })).toBe(1);
  });

  test("payments that share bills in opposite order don't deadlock", async () => {
    const { buyer, supplier, invoice } = await trade(1_000_000);
    const other = await makeInvoice(buyer, supplier, 1_000_000);
    const lines = [
      { invoice, net: 1_000 },
      { invoice: other, net: 1_000 },
    ];
    const requests = Array.from({ length: 20 }, (_, i) => paymentOf(supplier, i % 2 ? lines : [...lines].reverse()));
    const outcomes = await Promise.all(requests.map((request) => createPayment(buyer, request, NOW)));
    expect(outcomes.every((outcome) => outcome.kind === "created")).toBe(true);
    expect((await booksOf(other)).payable.pending).toBe(20_000);
  });

  test("the same request ten times at once pays once", async () => {
    const { buyer, supplier, invoice } = await trade();
    const request = paymentOf(supplier, [{ invoice, net: 10_000 }]);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => createPayment(buyer, request, NOW)));
    expect(outcomes.filter((outcome) => outcome.kind === "created")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.kind === "replayed")).toHaveLength(9);
    expect((await booksOf(invoice)).payable.pending).toBe(10_000);

    const other = await createPayment(buyer, { ...request, utr: "ANOTHER" }, NOW);
    expect(other).toMatchObject({ kind: "refused", refusal: { code: "DUPLICATE_CONFLICT" } });
  });

  test("ACCEPT against REJECT: one stands, and the other is told who and what", async () => {
    const { buyer, supplier, invoice, carrier } = await trade();
    const request = paymentOf(supplier, [{ invoice, net: 100_000 }]);
    await createPayment(buyer, request, NOW);
    await carrier.carryAll();
    const colleague = { ...supplier, actor: { ...supplier.actor, name: "Latha" } };
    const [accept, reject] = await Promise.all([
      answerPayment(supplier, request.objectId, { response: "ACCEPT", remarks: "Here" }, NOW),
      answerPayment(colleague, request.objectId, { response: "REJECT", remarks: "Not here" }, NOW),
    ]);
    expect([accept.kind, reject.kind].sort()).toEqual(["already-answered", "answered"]);
    const loser = accept.kind === "answered" ? reject : accept;
    const winner = accept.kind === "answered" ? "ACCEPT" : "REJECT";
    expect(loser).toMatchObject({ kind: "already-answered", response: winner, respondedAt: NOW });
    expect(await prisma.message.count({ where: { businessId: supplier.businessId, direction: "OUT" } })).toBe(1);
  });

  test("the same message fifty times at once is taken once, and gets one reply, byte for byte", async () => {
    const { buyer, supplier, invoice } = await trade();
    const request = paymentOf(supplier, [{ invoice, net: 100_000 }]);
    await createPayment(buyer, request, NOW);
    const { body } = await prisma.message.findFirstOrThrow({ where: { objectId: request.objectId } });
    const spaced = JSON.stringify(JSON.parse(body), null, 2);
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) => postToPortal("req-pay", i % 2 ? body : spaced, NOW)),
    );
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(replies[0]?.body.response_code).toBe(0);
    expect((await booksOf(invoice)).receivable.pending).toBe(100_000);
    expect(await prisma.payment.count({ where: { businessId: supplier.businessId } })).toBe(1);
  });

  test("the same objectId with other content: 409, and nothing changes", async () => {
    const { buyer, supplier, invoice } = await trade();
    const request = paymentOf(supplier, [{ invoice, net: 40_000 }]);
    await createPayment(buyer, request, NOW);
    const { body } = await prisma.message.findFirstOrThrow({ where: { objectId: request.objectId } });
    await postToPortal("req-pay", body, NOW);
    const changed = JSON.parse(body);
    changed.payment.utr = "SOMETHING ELSE";
    const reply = await postToPortal("req-pay", JSON.stringify(changed), NOW);
    expect(reply.status).toBe(409);
    expect(reply.body.payload).toMatchObject({
      resp: { errorCd: "DUPLICATE_CONFLICT", errorField: "payment.objectId" },
    });
    expect((await booksOf(invoice)).receivable.pending).toBe(40_000);
    const incoming = await prisma.payment.findFirstOrThrow({ where: { businessId: supplier.businessId } });
    expect(incoming.utr).toBe(request.utr);
  });
});

describe("out of order", () => {
  test("a confirmation that overtakes its resp-pay ends the payment; the resp-pay changes nothing", async () => {
    const { buyer, supplier, invoice, carrier } = await trade();
    const request = paymentOf(supplier, [{ invoice, net: 100_000 }]);
    await createPayment(buyer, request, NOW);
    await carrier.collect();
    const reqPay = carrier.waiting.shift();
    if (!reqPay) throw new Error("no req-pay was sent");
    await carrier.deliver(reqPay);
    const respPay = carrier.waiting.shift();
    await answerPayment(supplier, request.objectId, { response: "ACCEPT", remarks: "Here" }, NOW);
    await carrier.carryAll();
    expect(await statusesOf(request.objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
    if (!respPay) throw new Error("no resp-pay came");
    expect((await carrier.deliver(respPay)).body.response_code).toBe(0);
    expect(await statusesOf(request.objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
    expect((await booksOf(invoice)).payable).toEqual({ status: "PAID", paid: 100_000, pending: 0 });
  });

  test("a late FAILURE never undoes an ACCEPT; an ACCEPT after a FAILURE stands", async () => {
    for (const failureFirst of [true, false]) {
      const { buyer, supplier, invoice, carrier } = await trade();
      const request = paymentOf(supplier, [{ invoice, net: 100_000 }]);
      await createPayment(buyer, request, NOW);
      await carrier.collect();
      const reqPay = carrier.waiting.shift();
      if (!reqPay) throw new Error("no req-pay was sent");
      await carrier.deliver(reqPay);
      const respPay = carrier.waiting.shift();
      if (!respPay) throw new Error("no resp-pay came");
      const resp = {
        ...(respPay.content.resp as object),
        result: "FAILURE",
        errorCd: "X",
        errorDtl: "y",
        errorField: "",
      };
      const failure = { ...respPay, content: { ...respPay.content, resp } };
      await answerPayment(supplier, request.objectId, { response: "ACCEPT", remarks: "Here" }, NOW);
      if (failureFirst) {
        await carrier.deliver(failure);
        expect((await statusesOf(request.objectId)).outgoing).toBe("FAILED");
      }
      await carrier.carryAll();
      if (!failureFirst) await carrier.deliver(failure);
      expect(await statusesOf(request.objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
      const paid = { status: "PAID", paid: 100_000, pending: 0 };
      expect(await booksOf(invoice)).toEqual({ payable: paid, receivable: paid });
    }
  });

  test("an answer that was not taken is asked for again, and then goes through", async () => {
    const { buyer, supplier, invoice, carrier } = await trade();
    const request = paymentOf(supplier, [{ invoice, net: 100_000 }]);
    await createPayment(buyer, request, NOW);
    await carrier.carryAll();
    await answerPayment(supplier, request.objectId, { response: "REJECT", remarks: "No" }, NOW);
    await carrier.collect();
    const confirmation = carrier.waiting.shift();
    if (!confirmation) throw new Error("no confirmation was sent");
    const { device: _device, ...rest } = confirmation.content;
    const resp = { reqMsgId: "X1", result: "FAILURE", errorCd: "SOME", errorDtl: "Try again", errorField: "" };
    await carrier.deliver({ operation: "resp-pay-confirmation", content: { resp, ...rest } });
    const reopened = await prisma.payment.findFirstOrThrow({ where: { businessId: supplier.businessId } });
    expect(reopened).toMatchObject({
      status: "AWAITING_CONFIRMATION",
      failureDetail: "Try again",
      supplierResponse: null,
    });
    await answerPayment(supplier, request.objectId, { response: "ACCEPT", remarks: "Found it" }, NOW);
    await carrier.carryAll();
    expect(await statusesOf(request.objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
  });
});
