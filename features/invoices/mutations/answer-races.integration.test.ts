import { describe, expect, test } from "vitest";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";
import { applyAnswers } from "@/features/invoices/mutations/share-answer";
import type { InvoiceResponse } from "@/features/invoices/schema";
import { lockPayment, movePayment } from "@/features/payments/lock";
import { createPayment } from "@/features/payments/mutations/create";
import type { ReqPay } from "@/features/protocol/schema";
import { transact } from "@/lib/db";
import { paymentOf } from "@/tests/books";
import { callGateway, refusalIn } from "@/tests/gateway";
import { actionsOn, billOf, createShared, editOf, invoiceOf, share, shareAnswerTo, TODAY } from "@/tests/invoices";
import { secondsUntil } from "@/tests/jobs";
import { prisma } from "@/tests/prisma";
import { FAILURE, respPayOf } from "@/tests/trade";
import { type Business, buyer, supplier } from "@/tests/two-parties";

const ROUNDS = 12;

/** An invoice of the supplier's that the buyer has, and what the two do with it. */
async function raised() {
  const bill = billOf(buyer);
  const own = await createShared(supplier, bill);
  const rowOf = async (scope: Business) => {
    const row = await invoiceOf(scope, bill.supplierInvoiceNumber);
    if (!row) throw new Error("no such invoice");
    return row;
  };
  const { id: copy } = await rowOf(buyer);
  const pair = { objectId: "", number: bill.supplierInvoiceNumber, payableId: copy, receivableId: own };
  /** The buyer pays; its req-pay is on its way. Null when the payment is refused. */
  async function pay(net = 100_000): Promise<ReqPay | null> {
    const request = paymentOf(supplier, [{ invoice: pair, net }]);
    if ((await createPayment(buyer, request, TODAY)).kind !== "created") return null;
    const where = { objectId: request.objectId, direction: "OUT", operation: "REQ_PAY" } as const;
    return JSON.parse((await prisma.message.findFirstOrThrow({ where })).body);
  }
  return {
    own,
    copy,
    rowOf,
    answer: (response: InvoiceResponse, remarks = "Wrong rate", version = 1) =>
      answerInvoice(buyer, copy, { response, remarks, version }, TODAY),
    putBack: (version: number) => putBackInvoice(buyer, copy, { version }, TODAY),
    tell: (now = TODAY) => shareAnswerTo(buyer, copy, now),
    edit: (version: number, totalPaise: number) =>
      editInvoice(supplier, own, editOf(bill, version, { totalPaise }), TODAY),
    show: () => share(supplier, own),
    pay,
    /** The buyer pays, and the network says no, though the req-pay is on its way all the same. */
    failedOnItsWay: async () => {
      const reqPay = await pay(40_000);
      if (!reqPay) throw new Error("not paid");
      await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
      return reqPay;
    },
    both: async () => {
      const seen = async (scope: Business) => {
        const { status, remarks, total, pending } = await rowOf(scope);
        return { status, remarks, total: Number(total), pending: Number(pending) };
      };
      return [await seen(buyer), await seen(supplier)];
    },
  };
}

const kinds = (settled: PromiseSettledResult<unknown>[]) => settled.map(({ status }) => status).sort();
const refusalOf = (settled: PromiseSettledResult<unknown>[]) =>
  settled.find((each): each is PromiseRejectedResult => each.status === "rejected")?.reason as { message: string };

describe("at the same moment", () => {
  test("one clerk returns and another rejects: one of them, and the other reads what stands", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, copy, rowOf } = await raised();
      const settled = await Promise.allSettled([answer("RETURN", "Wrong rate"), answer("REJECT", "Not ours")]);
      expect(kinds(settled)).toEqual(["fulfilled", "rejected"]);
      const { status, remarks, version } = await rowOf(buyer);
      expect([
        ["RETURNED", "Wrong rate", 2],
        ["REJECTED", "Not ours", 2],
      ]).toContainEqual([status, remarks, version]);
      expect(refusalOf(settled).message).toContain(`${status.toLowerCase()} already, with the remarks “${remarks}”`);
      expect(await actionsOn(buyer, copy)).toHaveLength(2);
    }
  });

  test("one request comes six times: one answer, one line in the history", async () => {
    const { answer, copy } = await raised();
    const answers = await Promise.all(Array.from({ length: 6 }, () => answer("RETURN")));
    for (const each of answers) expect(each).toMatchObject({ status: "RETURNED", version: 2 });
    expect(await actionsOn(buyer, copy)).toEqual(["invoice.received", "invoice.returned"]);
  });

  test("a bill is returned and paid: one of the two, never both", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, pay, both } = await raised();
      const [returned, paid] = await Promise.allSettled([answer("RETURN"), pay()]);
      const [copy] = await both();
      if (returned.status === "fulfilled") {
        expect(paid).toMatchObject({ value: null });
        expect(copy).toMatchObject({ status: "RETURNED", pending: 0 });
      } else {
        expect(returned.reason.message).toContain("waits for confirmation");
        expect(copy).toMatchObject({ status: "PAYMENT_INITIATED", pending: 100_000, remarks: null });
      }
    }
  });

  test("a bill is returned and changed: never the changed one unseen, and both books agree", async () => {
    const ends = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, edit, tell, show, both } = await raised();
      const returned = answer("RETURN").then(() => tell());
      const changed = (round % 2 ? returned : Promise.resolve()).then(() => edit(1, 70_000)).then(() => show());
      const settled = await Promise.allSettled([returned, changed]);
      await Promise.all([tell(), show()]);
      const [copy, own] = await both();
      expect(copy).toEqual(own);
      // Whoever changed it had not read the remarks: either they are told, or they came first.
      const isChanged = settled[1].status === "fulfilled";
      expect(copy).toMatchObject(
        isChanged
          ? { status: "CREATED", remarks: null, total: 70_000 }
          : { status: "RETURNED", remarks: "Wrong rate", total: 100_000 },
      );
      ends.add(copy?.status ?? "");
    }
    expect([...ends].sort()).toEqual(["CREATED", "RETURNED"]);
  });

  test("a bill is returned and cancelled: cancelled in both books", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, tell, show, both, own } = await raised();
      await Promise.allSettled([
        answer("RETURN").then(() => tell()),
        cancelInvoice(supplier, own, TODAY).then(() => show()),
      ]);
      await Promise.all([tell(), show()]);
      expect(await both()).toMatchObject([{ status: "CANCELLED" }, { status: "CANCELLED" }]);
    }
  });

  test("answers follow each other while earlier ones are still on their way: the last one stands in both books", async () => {
    for (let round = 0; round < 6; round++) {
      const { answer, putBack, tell, both } = await raised();
      const told: Promise<void>[] = [];
      for (const version of [1, 3, 5]) {
        await answer("RETURN", `Said ${version}`, version);
        told.push(tell(), tell());
        await putBack(version + 1);
        told.push(tell());
      }
      await answer("REJECT", "Not ours", 7);
      await Promise.all([...told, tell(), tell()]);
      const stands = { status: "REJECTED", remarks: "Not ours", total: 100_000, pending: 0 };
      expect(await both()).toEqual([stands, stands]);
    }
  });

  test("an answer and a payment reach the supplier: one of the two", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, failedOnItsWay, tell, both, rowOf } = await raised();
      const reqPay = await failedOnItsWay();
      await answer("RETURN", "Wrong rate", (await rowOf(buyer)).version);
      const [arrived] = await Promise.all([callGateway("req-pay", { body: reqPay }), tell()]);
      const refusal = refusalIn(arrived);
      if (refusal) expect(refusal.code).toBe("INVOICE_NOT_PAYABLE");
      expect((await both())[1]).toMatchObject(
        refusal
          ? { status: "RETURNED", pending: 0, remarks: "Wrong rate" }
          : { status: "PAYMENT_INITIATED", pending: 40_000, remarks: null },
      );
    }
  });
});

describe("what comes late", () => {
  test("an older answer changes nothing, and leaves no line", async () => {
    const { answer, putBack, tell, rowOf, own } = await raised();
    await answer("RETURN");
    const older = await rowOf(buyer);
    await putBack(2);
    await tell();
    const late = () => transact(supplier, (tx) => applyAnswers(tx, supplier, [older], buyer.b2bId, TODAY));
    expect(await late()).toEqual([{ kind: "done" }]);
    expect(await rowOf(supplier)).toMatchObject({ status: "CREATED", remarks: null, sourceVersion: 3 });
    expect(await actionsOn(supplier, own)).toEqual(["invoice.created"]);
  });

  test("an answer to content that has changed since, under a version that payments had raised before, is refused", async () => {
    const { answer, edit, show, rowOf, copy } = await raised();
    const where = { businessId_id: { businessId: buyer.businessId, id: copy } };
    await prisma.invoice.update({ where, data: { version: 5 } });
    await edit(1, 70_000);
    await show();
    await expect(answer("RETURN", "Wrong rate", 5)).rejects.toMatchObject({
      fields: [{ path: "version", code: "CHANGED_MEANWHILE" }],
    });
    expect(await rowOf(buyer)).toMatchObject({ status: "CREATED", total: 70_000n, version: 6 });
  });

  test("an answer waits while a payment is under way in the writer's books, and comes once that has ended", async () => {
    const { answer, failedOnItsWay, tell, both, rowOf, own, copy } = await raised();
    const reqPay = await failedOnItsWay();
    await answer("RETURN", "Wrong rate", (await rowOf(buyer)).version);
    expect(refusalIn(await callGateway("req-pay", { body: reqPay }))).toBeNull();
    await tell();
    expect((await both())[1]).toMatchObject({ status: "PAYMENT_INITIATED", pending: 40_000, remarks: null });
    expect(await secondsUntil("share-answer", copy)).toBeCloseTo(30, -1);
    const where = { businessId_id: { businessId: supplier.businessId, id: own } };
    await prisma.invoice.update({ where, data: { pending: 0, status: "CREATED" } });
    await tell();
    expect((await both())[1]).toMatchObject({ status: "RETURNED", remarks: "Wrong rate" });
  });

  test("a payment that had failed doesn't come back to a bill that was returned since, until that is put back", async () => {
    const { answer, pay, putBack, rowOf } = await raised();
    const reqPay = await pay();
    if (!reqPay) throw new Error("not paid");
    const { objectId } = reqPay.payment;
    const revive = () =>
      transact(buyer, async (tx) => {
        const payment = await lockPayment(tx, buyer, "OUTGOING", objectId);
        if (!payment) throw new Error("no payment");
        const to = payment.status === "SENDING" ? "FAILED" : "AWAITING_CONFIRMATION";
        return movePayment(tx, buyer, payment, { to, data: {}, action: `payment.${to}` }, TODAY);
      });
    expect(await revive()).toBeNull();
    await answer("RETURN", "Wrong rate", (await rowOf(buyer)).version);
    expect(await revive()).toMatchObject({ code: "INVOICE_NOT_PAYABLE" });
    const row = await rowOf(buyer);
    expect(row).toMatchObject({ status: "RETURNED", pending: 0n });
    await putBack(row.version);
    expect(await revive()).toBeNull();
    expect(await rowOf(buyer)).toMatchObject({ status: "PAYMENT_INITIATED", pending: 100_000n });
  });

  test("an answer to what is paid in its writer's books is given up, with a line in the history of who gave it", async () => {
    const { answer, tell, own, copy, rowOf } = await raised();
    await prisma.invoice.update({
      where: { businessId_id: { businessId: supplier.businessId, id: own } },
      data: { paid: 100_000, status: "PAID" },
    });
    await answer("RETURN");
    await tell();
    await tell();
    expect(await rowOf(supplier)).toMatchObject({ status: "PAID", remarks: null });
    expect(await actionsOn(buyer, copy)).toEqual([
      ...["invoice.received", "invoice.returned", "invoice.share-given-up"],
    ]);
  });
});
