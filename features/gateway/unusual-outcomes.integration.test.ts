import { describe, expect, test } from "vitest";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import { getPayment } from "@/features/payments/data";
import { createPayment } from "@/features/payments/mutations/create";
import type { RespPay } from "@/features/protocol/schema";
import { booksOf, makeBusiness, makeInvoice, paymentOf, statusesOf } from "@/tests/books";
import { claimQueued } from "@/tests/deliver";
import { callGateway, makeApiKey, NOW, refusalIn } from "@/tests/gateway";
import { billOf, createShared, editOf, share } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import {
  answered,
  answeredTrade,
  arrivedTrade,
  FAILURE,
  invoiceInfosOf,
  outcomeOf,
  paidTrade,
  respPayOf,
  sentReqPay,
} from "@/tests/trade";

// Outcomes as networks really tell them: late, twice, in other words, or about something that was lost on the way.

type Trade = Awaited<ReturnType<typeof paidTrade>>;

/** The network refuses an attempt of ours to send the payment. */
async function refuseAttempt({ buyer }: Trade) {
  const message = await claimQueued(buyer, NOW);
  const refusal = { code: "X", detail: "Not like this", field: "" };
  const result = { kind: "refused", status: 422, refusal, reply: "" } as const;
  await settleAttempt({ message, result, startedAt: NOW, endedAt: NOW });
}

describe("a payment that arrived by an attempt whose reply was lost, while another attempt was refused", () => {
  test("is with the supplier, whichever is heard of first", async () => {
    for (const refusedFirst of [true, false]) {
      const trade = await paidTrade();
      if (refusedFirst) {
        await refuseAttempt(trade);
        expect((await statusesOf(trade.request.objectId)).outgoing).toBe("FAILED");
      }
      const { json } = await callGateway("resp-pay", { body: respPayOf(trade.reqPay) });
      expect(json.response_code).toBe(0);
      if (!refusedFirst) await refuseAttempt(trade).catch(() => {});
      const payment = await prisma.payment.findFirstOrThrow({ where: { businessId: trade.buyer.businessId } });
      expect(payment).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: null });
      expect((await booksOf(trade.first)).payable).toMatchObject({ pending: 100_000 });
    }
  });

  test("stays failed when its bills have been paid anew: a person has to look", async () => {
    const trade = await paidTrade();
    await refuseAttempt(trade);
    await createPayment(trade.buyer, paymentOf(trade.supplier, [{ invoice: trade.first, net: 100_000 }]), NOW);
    expect((await callGateway("resp-pay", { body: respPayOf(trade.reqPay) })).json.response_code).toBe(0);
    expect((await statusesOf(trade.request.objectId)).outgoing).toBe("FAILED");
    const late = { subjectId: trade.request.objectId, action: "payment.outcome-came-late" };
    expect(await prisma.auditEvent.count({ where: late })).toBe(1);
    expect((await booksOf(trade.first)).payable).toMatchObject({ paid: 0, pending: 100_000 });
    const { timeline } = await getPayment(trade.buyer, trade.request.objectId);
    expect(timeline.at(-1)?.title).toBe("The supplier's platform has it all the same");
  });
});

test("a payment that was called failed, of a bill that the supplier's own has replaced since, can be rejected, and not accepted", async () => {
  const [buyer, supplier] = [await makeBusiness("Anvaya"), await makeBusiness("Kaveri")];
  const bill = billOf(supplier, { side: "payable", supplierInvoiceNumber: "A" });
  const id = await createShared(buyer, bill);
  // The buyer renumbers it, and the supplier raises its own under the old number before it hears of that.
  await editInvoice(buyer, id, editOf(bill, 1, { supplierInvoiceNumber: "C" }), NOW);
  const own = await createInvoice(supplier, billOf(buyer, { supplierInvoiceNumber: "A" }), NOW);
  await share(buyer, id, NOW);
  const pair = { objectId: bill.objectId, number: "C", payableId: id, receivableId: "" };
  const request = paymentOf(supplier, [{ invoice: pair, net: 100_000 }]);
  await createPayment(buyer, request, NOW);
  const sent = await prisma.message.findFirstOrThrow({ where: { objectId: request.objectId, direction: "OUT" } });
  expect((await callGateway("req-pay", { body: sent.body })).json.response_code).toBe(0);
  await callGateway("resp-pay", { body: respPayOf(JSON.parse(sent.body), FAILURE) });
  await share(supplier, own.id, NOW);
  const books = () => prisma.invoice.findFirstOrThrow({ where: { businessId: buyer.businessId, id } });
  expect(await books()).toMatchObject({ ownObjectId: bill.objectId, supplierInvoiceNumber: "A", pending: 0n });

  const accepted = await answered({ supplier, request }, { response: "ACCEPT", remarks: "Received" });
  const refusal = refusalIn(await callGateway("req-pay-confirmation", { body: accepted }));
  expect(refusal).toEqual({ code: "INVOICE_MISMATCH", field: "paymentConfirmation.invoiceInfos[0].objectId" });
  await callGateway("resp-pay-confirmation", { body: outcomeOf(accepted, FAILURE) });

  const rejected = await answered({ supplier, request }, { response: "REJECT", remarks: "Pay the new one" });
  expect((await callGateway("req-pay-confirmation", { body: rejected })).json.response_code).toBe(0);
  await callGateway("resp-pay-confirmation", { body: outcomeOf(rejected) });
  expect(await statusesOf(request.objectId)).toEqual({ outgoing: "REJECTED", incoming: "REJECTED" });
  expect(await books()).toMatchObject({ paid: 0n, pending: 0n, status: "CREATED" });
});

describe("a FAILURE is taken however its sender gives the payment back", () => {
  const nothing = { netPaidAmount: 0, netAdjustmentAmount: 0, totalAmount: 0, currency: "" };
  const changes: Record<string, (payment: RespPay["payment"]) => object> = {
    "without its invoices": () => ({ invoicesPayInfos: [] }),
    "with amounts of zero": () => ({ paymentAmount: nothing }),
    "with versions that go down": ({ invoicesPayInfos }) => ({
      invoicesPayInfos: invoicesPayInfos.map((info) => ({
        ...info,
        objectVersion: { currentVersion: 2, newVersion: 0 },
      })),
    }),
  };

  test.each(Object.entries(changes))("%s: what was claimed is due again", async (_, change) => {
    const trade = await paidTrade();
    const outcome = respPayOf(trade.reqPay, FAILURE);
    const body = { ...outcome, payment: { ...outcome.payment, ...change(outcome.payment) } };
    expect((await callGateway("resp-pay", { body })).json.response_code).toBe(0);
    expect((await statusesOf(trade.request.objectId)).outgoing).toBe("FAILED");
    expect((await booksOf(trade.first)).payable).toMatchObject({ paid: 0, pending: 0 });
  });

  test.each(Object.entries(changes))("%s: a SUCCESS isn't believed", async (_, change) => {
    const trade = await paidTrade();
    const outcome = respPayOf(trade.reqPay);
    const body = { ...outcome, payment: { ...outcome.payment, ...change(outcome.payment) } };
    expect(refusalIn(await callGateway("resp-pay", { body }))).not.toBeNull();
    expect((await statusesOf(trade.request.objectId)).outgoing).toBe("SENDING");
  });
});

describe("a FAILURE of an answer is taken however its sender gives the answer back", () => {
  type Confirmation = Awaited<ReturnType<typeof answered>>["paymentConfirmation"];
  const changes: Record<string, (confirmation: Confirmation) => object> = {
    "with one of its invoices": ({ invoiceInfos }) => ({ invoiceInfos: invoiceInfos.slice(1) }),
    "with the invoices of another payment": ({ invoiceInfos }) => ({
      invoiceInfos: invoiceInfos.map((info, index) => ({ ...info, objectId: `THEIRS${index}` })),
    }),
    "with the payment's type as they have it": () => ({ type: "ONPLATFORM" }),
  };

  test.each(Object.entries(changes))("%s: the payment waits for an answer again", async (_, change) => {
    const trade = await answeredTrade();
    const outcome = outcomeOf(trade.confirmation, FAILURE);
    const { paymentConfirmation } = outcome;
    const body = { ...outcome, paymentConfirmation: { ...paymentConfirmation, ...change(paymentConfirmation) } };
    expect((await callGateway("resp-pay-confirmation", { body })).json.response_code).toBe(0);
    const payment = await prisma.payment.findFirstOrThrow({ where: { businessId: trade.supplier.businessId } });
    expect(payment).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: FAILURE.errorCd });
  });

  test.each(Object.entries(changes))("%s: a SUCCESS isn't believed", async (_, change) => {
    const trade = await answeredTrade();
    const outcome = outcomeOf(trade.confirmation);
    const { paymentConfirmation } = outcome;
    const body = { ...outcome, paymentConfirmation: { ...paymentConfirmation, ...change(paymentConfirmation) } };
    expect(refusalIn(await callGateway("resp-pay-confirmation", { body }))).not.toBeNull();
    expect((await statusesOf(trade.request.objectId)).incoming).toBe("CONFIRMING");
  });
});

/** The req-pays of two payments of one buyer. */
async function twoReqPays() {
  const trade = await paidTrade();
  const invoice = await makeInvoice(trade.buyer, trade.supplier, 5_000);
  const second = paymentOf(trade.supplier, [{ invoice, net: 5_000 }]);
  await createPayment(trade.buyer, second, NOW);
  return [trade.reqPay, await sentReqPay(second.objectId)] as const;
}

test("an empty reqMsgId names no message: two payments' outcomes may both have one", async () => {
  for (const reqPay of await twoReqPays()) {
    const answer = await callGateway("resp-pay", { body: respPayOf(reqPay, { reqMsgId: "" }) });
    expect(refusalIn(answer)).toBeNull();
    expect((await statusesOf(reqPay.payment.objectId)).outgoing).toBe("AWAITING_CONFIRMATION");
  }
});

test("a reqMsgId that has named another payment is refused, and said to be what is wrong", async () => {
  const [first, second] = await twoReqPays();
  await callGateway("resp-pay", { body: respPayOf(first, { reqMsgId: "REQ1" }) });
  const answer = await callGateway("resp-pay", { body: respPayOf(second, { reqMsgId: "REQ1" }) });
  expect(refusalIn(answer)).toEqual({ code: "PAYMENT_MISMATCH", field: "resp.reqMsgId" });
  expect(answer.json.response_message).toBe("The reqMsgId is that of another payment.");
  expect((await statusesOf(second.payment.objectId)).outgoing).toBe("SENDING");
});

test.each([{}, FAILURE])(
  "a reqMsgId may be one that we minted ourselves, for a message that came: $result",
  async (resp) => {
    const { buyer, ...trade } = await paidTrade();
    const customer = await makeBusiness("Customer");
    const invoice = await makeInvoice(customer, buyer, 5_000);
    const request = paymentOf(buyer, [{ invoice, net: 5_000 }]);
    await createPayment(customer, request, NOW);
    await callGateway("req-pay", { body: await sentReqPay(request.objectId) });
    const where = { businessId: buyer.businessId, direction: "IN", objectId: request.objectId } as const;
    const { reqMsgId } = await prisma.message.findFirstOrThrow({ where });
    const outcome = respPayOf(trade.reqPay, { ...resp, reqMsgId: String(reqMsgId) });
    expect(refusalIn(await callGateway("resp-pay", { body: outcome }))).toBeNull();
    expect((await statusesOf(trade.request.objectId)).outgoing).not.toBe("SENDING");
  },
);

test("a reqMsgId may be long: whoever receives a request makes it as they like", async () => {
  const { reqPay, request } = await paidTrade();
  await callGateway("resp-pay", { body: respPayOf(reqPay, { reqMsgId: "R".repeat(300) }) });
  expect((await statusesOf(request.objectId)).outgoing).toBe("AWAITING_CONFIRMATION");
});

test("a version blocks no money, however high the other side counts: the time in milliseconds, say", async () => {
  const { reqPay, request, ...trade } = await paidTrade();
  const objectVersion = { currentVersion: 1_763_700_000_000, newVersion: 1_763_700_000_001 };
  const invoicesPayInfos = reqPay.payment.invoicesPayInfos.map((info) => ({ ...info, objectVersion }));
  const body = { ...reqPay, payment: { ...reqPay.payment, invoicesPayInfos } };
  expect((await callGateway("req-pay", { body })).json.response_code).toBe(0);
  await callGateway("resp-pay", { body: respPayOf(body) });

  const confirmation = await answered({ ...trade, request, reqPay }, { response: "ACCEPT", remarks: "Received" });
  expect((await callGateway("req-pay-confirmation", { body: confirmation })).json.response_code).toBe(0);
  await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation) });
  expect(await statusesOf(request.objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
});

test("a business's software gives its answer again in the same words after it was not taken: it goes out again", async () => {
  const trade = await arrivedTrade();
  const apiKey = await makeApiKey(trade.supplier);
  const { confirmation: like } = await answeredTrade();
  const invoiceInfos = invoiceInfosOf(trade.reqPay);
  const { objectId } = trade.request;
  const body = {
    ...like,
    b2bIds: trade.reqPay.b2bIds,
    paymentConfirmation: { ...like.paymentConfirmation, objectId, invoiceInfos },
  };
  const sent = () =>
    prisma.message.findMany({
      where: { objectId, direction: "OUT", operation: "REQ_PAY_CONFIRMATION" },
      orderBy: { revision: "asc" },
    });
  const first = await callGateway("req-pay-confirmation", { body, apiKey });
  expect(refusalIn(first)).toBeNull();
  // Before the outcome it is a repetition, and gets its first reply.
  expect((await callGateway("req-pay-confirmation", { body, apiKey })).body).toBe(first.body);
  expect(await sent()).toHaveLength(1);

  const [message] = await sent();
  await callGateway("resp-pay-confirmation", { body: outcomeOf(JSON.parse(message?.body ?? ""), FAILURE) });
  expect((await statusesOf(objectId)).incoming).toBe("AWAITING_CONFIRMATION");
  const again = await callGateway("req-pay-confirmation", { body, apiKey });
  expect(refusalIn(again)).toBeNull();
  expect((await statusesOf(objectId)).incoming).toBe("CONFIRMING");
  const [one, two] = await sent();
  expect(two?.body).toBe(one?.body);
});
