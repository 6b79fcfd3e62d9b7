import { describe, expect, test } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { getHome } from "@/features/home/data";
import { type PaymentQueryInput, paymentQuerySchema } from "@/features/payments/api";
import { findByUtr, getPayment, listPayments } from "@/features/payments/data";
import { eachPayment } from "@/features/payments/export";
import { createPayment } from "@/features/payments/mutations/create";
import { uuidv7 } from "@/lib/ids";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import { payBill } from "@/tests/invoices";
import { plansOf } from "@/tests/plans";
import { prisma } from "@/tests/prisma";
import { answered, answeredTrade, arrivedTrade, FAILURE, outcomeOf, paidTrade, respPayOf } from "@/tests/trade";

const query = (input: PaymentQueryInput) => paymentQuerySchema.parse(input);
const list = (scope: BusinessScope, input: PaymentQueryInput) => listPayments(scope, query(input), NOW);
const titles = async (scope: BusinessScope, objectId: string) =>
  (await getPayment(scope, objectId, NOW)).timeline.map(({ title, tone }) => `${tone}: ${title}`);

describe("the list", () => {
  test("has a payment on either side with its first invoices, and for nobody else", async () => {
    const { buyer, supplier, request, first, second } = await arrivedTrade();
    const stranger = await makeBusiness("Stranger");
    const [made, received] = await Promise.all([
      list(buyer, { side: "outgoing" }),
      list(supplier, { side: "incoming" }),
    ]);
    expect(made.items).toMatchObject([
      {
        objectId: request.objectId,
        side: "outgoing",
        status: "AWAITING_CONFIRMATION",
        totalPaise: 150_000,
        netPaise: 148_000,
        adjustmentPaise: 2_000,
        invoiceCount: 2,
        daysWaiting: 0,
        failure: null,
        invoiceNumbers: [first.number, second.number],
        counterparty: { name: "Kaveri" },
      },
    ]);
    expect(received.items).toMatchObject([{ side: "incoming", statusWords: "To confirm" }]);
    expect((await list(buyer, { side: "incoming" })).items).toEqual([]);
    expect((await list(stranger, { side: "outgoing" })).items).toEqual([]);
    await expect(getPayment(stranger, request.objectId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is found by UTR, party and invoice number, and counted once though it matches by both", async () => {
    const { buyer, request, first } = await paidTrade({ utr: "KM/UTR42" });
    for (const q of ["utr42", "kave", first.number, "KM/", "km kaveri", "k"]) {
      const found = await list(buyer, { side: "outgoing", q });
      expect([q, found.items.map((one) => one.objectId), found.totals.count]).toEqual([q, [request.objectId], 1]);
    }
    expect((await list(buyer, { side: "outgoing", q: "nothing" })).items).toEqual([]);
  });

  test("is found by its amount as a bank statement has it, or by what it settles", async () => {
    const { buyer } = await paidTrade({});
    const found = async (q: string) => (await list(buyer, { side: "outgoing", q })).items.length;
    for (const q of ["1,480", "1480.00", "₹1,500.00"]) expect([q, await found(q)]).toEqual([q, 1]);
    for (const q of ["1,480.01", "14,80,000"]) expect([q, await found(q)]).toEqual([q, 0]);
  });

  test("is found by its UTR to the letter, alone and together with words, whatever became of it", async () => {
    const { buyer, supplier, request, first } = await paidTrade({ utr: "KM/UTR42" });
    await prisma.invoice.updateMany({ where: { id: first.payableId }, data: { total: 200_000 } });
    await payBill(buyer, supplier, first.payableId, 1);
    await prisma.payment.updateMany({ where: { objectId: request.objectId }, data: { status: "FAILED" } });
    const found = async (input: Partial<PaymentQueryInput>) => {
      const { items, totals } = await list(buyer, { side: "outgoing", ...input });
      expect(totals.count).toBe(items.length);
      return items.map(({ objectId }) => objectId);
    };
    expect(await found({ utr: "KM/UTR42" })).toEqual([request.objectId]);
    expect(await found({ utr: "KM/UTR42", q: "kaveri", counterparty: supplier.b2bId })).toEqual([request.objectId]);
    expect(await found({ utr: "KM/UTR42", status: "FAILED", sort: "total" })).toEqual([request.objectId]);
    for (const utr of ["km/utr42", "KM/UTR4", "UTR42"]) expect(await found({ utr, q: "kaveri" })).toEqual([]);
    expect(await found({ q: "kaveri" })).toHaveLength(2);
  });

  test("filters by status, party and the day in India", async () => {
    const { buyer, supplier } = await paidTrade({ paidAt: "2026-11-20T00:10:00+05:30" });
    const found = async (input: Partial<PaymentQueryInput>) =>
      (await list(buyer, { side: "outgoing", ...input })).items.length;
    expect(await found({ from: "2026-11-20", to: "2026-11-20" })).toBe(1);
    expect(await found({ to: "2026-11-19" })).toBe(0);
    expect(await found({ from: "2026-11-21" })).toBe(0);
    expect(await found({ status: ["SENDING", "FAILED"] })).toBe(1);
    expect(await found({ status: "ACCEPTED" })).toBe(0);
    expect(await found({ counterparty: supplier.b2bId })).toBe(1);
    expect(await found({ counterparty: "X" })).toBe(0);

    const midnight = await paidTrade({ paidAt: "2026-11-20T00:00:00+05:30" });
    const on = async (from: string, to: string) =>
      (await list(midnight.buyer, { side: "outgoing", from, to })).items.length;
    expect([await on("2026-11-19", "2026-11-19"), await on("2026-11-20", "2026-11-20")]).toEqual([0, 1]);
  });

  test("has waited no days, and not less, where the clock that received it was ahead", async () => {
    const { supplier, request } = await arrivedTrade();
    const dayBefore = new Date(NOW.getTime() - 86_400_000);
    expect((await getPayment(supplier, request.objectId, dayBefore)).daysWaiting).toBe(0);
  });

  test.each(paymentQuerySchema.shape.sort.unwrap().options)("sorted by %s: pages forth and back", async (sort) => {
    const [buyer, supplier] = [await makeBusiness("Anvaya"), await makeBusiness("Kaveri")];
    for (let index = 0; index < 7; index++) {
      const invoice = await makeInvoice(buyer, supplier, 1000 + (index % 3));
      const paidAt = `2026-11-1${index % 4}T10:00:00+05:30`;
      const request = paymentOf(supplier, [{ invoice, net: 1000 + (index % 3) }], { paidAt });
      await createPayment(buyer, request, new Date(NOW.getTime() + (index % 2) * 1000));
    }
    for (const q of [undefined, "KM/"]) {
      const whole = (await list(buyer, { side: "outgoing", sort, q })).items.map((one) => one.objectId);
      let page = await list(buyer, { side: "outgoing", sort, q, limit: 3 });
      const forth = page.items.map((one) => one.objectId);
      while (page.nextCursor) {
        page = await list(buyer, { side: "outgoing", sort, q, limit: 3, cursor: page.nextCursor });
        forth.push(...page.items.map((one) => one.objectId));
      }
      expect(forth).toEqual(whole);
      expect(whole).toHaveLength(7);
      page = await list(buyer, { side: "outgoing", sort, q, limit: 3, cursor: page.previousCursor ?? "" });
      expect(page.items.map((one) => one.objectId)).toEqual(whole.slice(3, 6));
    }
    const all = [];
    for await (const rows of eachPayment(buyer, query({ side: "outgoing", sort }), NOW)) all.push(...rows);
    expect(all).toHaveLength(7);
  });

  test("a UTR that was used before is told of, until that payment has failed", async () => {
    const { buyer, supplier, request, reqPay } = await paidTrade({ utr: "TWICE1" });
    expect(await findByUtr(buyer, { utr: "TWICE1" })).toMatchObject([
      { objectId: request.objectId, totalPaise: 150_000 },
    ]);
    expect(await findByUtr(buyer, { utr: "TWICE1", counterparty: "X" })).toEqual([]);
    expect(await findByUtr(supplier, { utr: "TWICE1" })).toEqual([]);
    await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
    expect(await findByUtr(buyer, { utr: "TWICE1" })).toEqual([]);
  });
});

describe("one payment", () => {
  test("tells its life on both sides", async () => {
    const { buyer, supplier, request, confirmation } = await answeredTrade();
    expect(await titles(supplier, request.objectId)).toEqual([
      "done: Payment received from Anvaya",
      "done: Accepted",
      "current: Being sent through Bharat Connect",
      "pending: The buyer has the answer",
    ]);
    await callGateway("req-pay-confirmation", { body: confirmation });
    await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation) });
    expect(await titles(buyer, request.objectId)).toEqual([
      "done: Payment recorded",
      "done: Sent through Bharat Connect",
      "done: Received by the supplier's platform",
      "done: Accepted by the supplier",
    ]);
    expect((await titles(supplier, request.objectId)).at(-1)).toBe("done: The buyer has the answer");
    const detail = await getPayment(buyer, request.objectId, NOW);
    expect(detail.lines).toMatchObject([
      { netPaise: 98_000, adjustmentPaise: 2_000, splits: [{ name: "TDS", valuePaise: 2_000, refNo: "194Q" }] },
      { totalPaise: 50_000, splits: [], invoiceStatusNow: "PAID", invoiceDuePaise: 50_000 },
    ]);
    expect(detail).toMatchObject({ supplierRemarks: "Received", respondedBy: "Kaveri", daysWaiting: null });
  });

  test("that failed says why; one whose answer was refused asks again", async () => {
    const failed = await paidTrade();
    await callGateway("resp-pay", { body: respPayOf(failed.reqPay, FAILURE) });
    const { timeline, failure } = await getPayment(failed.buyer, failed.request.objectId, NOW);
    expect(timeline.at(-1)).toMatchObject({ tone: "problem", detail: "Not taken" });
    expect(failure).toEqual({ code: "SOME_CODE", detail: "Not taken", field: "payment" });

    const trade = await answeredTrade();
    await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, FAILURE) });
    expect((await titles(trade.supplier, trade.request.objectId)).slice(1)).toEqual([
      "problem: The buyer's side did not take the answer",
      "current: Waiting for your answer",
    ]);
    await answered(trade, { response: "REJECT", remarks: "Wrong amount" });
    expect((await titles(trade.supplier, trade.request.objectId))[1]).toBe("problem: Rejected");
  });

  test("is read in one statement, with the first 200 of what happened to it, oldest first", async () => {
    const { buyer, request } = await paidTrade();
    const about = { businessId: buyer.businessId, subjectKind: "payment", subjectId: request.objectId };
    const sentAgain = { ...about, actorKind: "USER" as const, actorId: "x", action: "payment.sent-again" };
    const later = Array.from({ length: 250 }, (_, index) => ({
      ...sentAgain,
      actorName: `Clerk ${index}`,
      at: new Date(NOW.getTime() + 1 + Math.floor(index / 2)),
      id: uuidv7(),
    }));
    await prisma.auditEvent.createMany({ data: later.toReversed() });
    const before = await prisma.auditEvent.count({ where: { ...about, at: { lte: NOW } } });
    let timeline: { title: string; actor: string | null }[] = [];
    const statements = await plansOf(buyer, async () => {
      ({ timeline } = await getPayment(buyer, request.objectId, NOW));
    });
    expect(statements).toHaveLength(1);
    expect(timeline.filter(({ title }) => title === "Sent again by hand").map(({ actor }) => actor)).toEqual(
      later.slice(0, 200 - before).map(({ actorName }) => actorName),
    );
  });

  test("offers to send again when its message is stuck, and only then", async () => {
    const { buyer, request } = await paidTrade();
    const delivery = async () => (await getPayment(buyer, request.objectId, NOW)).delivery;
    expect(await delivery()).toMatchObject({ state: "QUEUED", attempts: 0, canSendAgain: false });
    await prisma.message.updateMany({
      where: { objectId: request.objectId },
      data: { state: "GAVE_UP", nextAttemptAt: null, settledAt: NOW, attempts: 18, lastError: "HTTP 503" },
    });
    expect(await delivery()).toMatchObject({ state: "GAVE_UP", canSendAgain: true, lastError: "HTTP 503" });
    expect((await getHome(buyer, NOW)).pay.undelivered).toEqual({ count: 1, totalPaise: 150_000 });
  });
});

describe("home", () => {
  test("shows both sides what needs doing, with amounts", async () => {
    const { buyer, supplier } = await arrivedTrade();
    await makeInvoice(buyer, supplier, 70_000);
    const threeDaysLater = new Date(NOW.getTime() + 3 * 86_400_000);
    expect((await getHome(buyer, threeDaysLater)).pay).toMatchObject({
      waiting: { count: 1, totalPaise: 150_000, oldestDays: 3 },
      failed: { count: 0, totalPaise: 0 },
    });
    expect((await getHome(supplier, threeDaysLater)).getPaid).toMatchObject({
      toConfirm: { count: 1, totalPaise: 150_000, netPaise: 148_000, oldestDays: 3 },
    });
    const due = new Date("2026-11-26T10:00:00+05:30");
    expect((await getHome(buyer, due)).pay.dueThisWeek).toEqual({ count: 1, duePaise: 70_000 });
    expect((await getHome(supplier, due)).getPaid.dueThisWeek).toEqual({ count: 1, duePaise: 70_000 });
    const late = new Date("2026-12-02T10:00:00+05:30");
    expect((await getHome(buyer, late)).pay.overdue).toEqual({ count: 1, duePaise: 70_000 });
  });

  test("a failed payment stays there until its bills are paid anew", async () => {
    const { buyer, supplier, reqPay, first, second } = await paidTrade();
    await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
    expect((await getHome(buyer, NOW)).pay.failed).toEqual({ count: 1, totalPaise: 150_000 });
    const lines = [
      { invoice: first, net: 100_000 },
      { invoice: second, net: 50_000 },
    ];
    await createPayment(buyer, paymentOf(supplier, lines), NOW);
    expect((await getHome(buyer, NOW)).pay.failed).toEqual({ count: 0, totalPaise: 0 });
  });

  test("an answer that was refused is a problem of the supplier's", async () => {
    const { supplier, confirmation } = await answeredTrade();
    expect((await getHome(supplier, NOW)).getPaid.confirming).toEqual({ count: 1, totalPaise: 150_000 });
    await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation, FAILURE) });
    expect((await getHome(supplier, NOW)).getPaid).toMatchObject({ problems: { count: 1 }, toConfirm: { count: 1 } });
  });

  test("a rejected payment is the buyer's to make anew", async () => {
    const { buyer, confirmation } = await answeredTrade({ response: "REJECT", remarks: "Not received" });
    await callGateway("req-pay-confirmation", { body: confirmation });
    const { pay } = await getHome(buyer, NOW);
    expect(pay).toMatchObject({ rejected: { count: 1, totalPaise: 150_000 }, waiting: { count: 0, totalPaise: 0 } });
  });

  test("an answer that reaches nobody is a problem of the supplier's, and not of the buyer's", async () => {
    const { buyer, supplier, request } = await answeredTrade();
    await prisma.message.updateMany({
      where: { objectId: request.objectId, operation: "REQ_PAY_CONFIRMATION", direction: "OUT" },
      data: { state: "GAVE_UP", nextAttemptAt: null, settledAt: NOW, attempts: 18, lastError: "HTTP 503" },
    });
    expect((await getHome(supplier, NOW)).getPaid).toMatchObject({
      problems: { count: 1, totalPaise: 150_000 },
      confirming: { count: 1, totalPaise: 150_000 },
    });
    expect((await getHome(buyer, NOW)).pay.undelivered).toEqual({ count: 0, totalPaise: 0 });
  });
});
