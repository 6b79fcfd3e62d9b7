import { expect, test } from "vitest";
import { getHome } from "@/features/home/data";
import { claimMessages } from "@/features/messages/mutations/claim";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import { paymentQuerySchema } from "@/features/payments/api";
import { listPayments } from "@/features/payments/data";
import { createPayment } from "@/features/payments/mutations/create";
import { makeInvoice, paymentOf, statusesOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { FAILURE, makeTrade, respPayOf, sentReqPay, type Trade } from "@/tests/trade";

const DAY_MS = 86_400_000;
let time = NOW.getTime();

/** Pays these invoices in full, which fails; each payment is a minute after the one before. */
async function failed({ buyer, supplier }: Trade, invoices: Trade["first"][], net = 100_000) {
  time += 60_000;
  const now = new Date(time);
  const request = paymentOf(
    supplier,
    invoices.map((invoice) => ({ invoice, net })),
  );
  await createPayment(buyer, request, now);
  const { body } = await prisma.message.findFirstOrThrow({ where: { objectId: request.objectId, direction: "OUT" } });
  await callGateway("resp-pay", { body: respPayOf(JSON.parse(body), FAILURE), now });
  return request.objectId;
}

async function toPayAgain({ buyer }: Trade, now = new Date(time)) {
  const query = paymentQuerySchema.parse({ side: "outgoing", todo: "pay-again", status: "FAILED" });
  const { items, totals } = await listPayments(buyer, query, now);
  const { pay } = await getHome(buyer, now);
  // Home's card leads to this list: they count the same.
  expect([totals.count, items.length]).toEqual([pay.failed.count, pay.failed.count]);
  return { payments: items.map(({ objectId }) => objectId), duePaise: pay.failed.totalPaise };
}

test("a bill whose payment failed twice is due again once, and the newest payment tells of it", async () => {
  const trade = await makeTrade();
  await failed(trade, [trade.first]);
  const second = await failed(trade, [trade.first]);
  expect(await toPayAgain(trade)).toEqual({ payments: [second], duePaise: 100_000 });
});

test("of a payment of several bills only what is still due of them counts", async () => {
  const trade = await makeTrade();
  const other = await makeInvoice(trade.buyer, trade.supplier, 100_000);
  const both = await failed(trade, [trade.first, other]);
  expect(await toPayAgain(trade)).toEqual({ payments: [both], duePaise: 200_000 });
  time += 60_000;
  await createPayment(trade.buyer, paymentOf(trade.supplier, [{ invoice: other, net: 30_000 }]), new Date(time));
  expect(await toPayAgain(trade)).toEqual({ payments: [both], duePaise: 100_000 });
  await createPayment(
    trade.buyer,
    paymentOf(trade.supplier, [{ invoice: trade.first, net: 100_000 }]),
    new Date(time + 1),
  );
  expect(await toPayAgain(trade)).toEqual({ payments: [], duePaise: 0 });
});

test("nor is a bill due that an older payment claims, which arrived although it was called failed", async () => {
  const trade = await makeTrade();
  const { buyer, supplier, first } = trade;
  time += 60_000;
  const now = new Date(time);
  const older = paymentOf(supplier, [{ invoice: first, net: 100_000 }]);
  await createPayment(buyer, older, now);
  // An attempt arrives, and its reply is lost; the next one is refused.
  const { id } = await prisma.message.findFirstOrThrow({ where: { objectId: older.objectId, direction: "OUT" } });
  const [message] = await claimMessages(now, 1, { businessId: buyer.businessId, messageId: id });
  if (!message) throw new Error("there is nothing to send");
  const refusal = { code: "X", detail: "Not like this", field: "" };
  const result = { kind: "refused", status: 422, refusal, reply: "" } as const;
  await settleAttempt({ message, result, startedAt: now, endedAt: now });
  const second = await failed(trade, [first]);
  expect(await toPayAgain(trade)).toEqual({ payments: [second], duePaise: 100_000 });
  await callGateway("resp-pay", { body: respPayOf(await sentReqPay(older.objectId)), now: new Date(time) });
  expect((await statusesOf(older.objectId)).outgoing).toBe("AWAITING_CONFIRMATION");
  expect(await toPayAgain(trade)).toEqual({ payments: [], duePaise: 0 });
});

test("nor is a bill paid anew that was cancelled, returned or rejected since", async () => {
  const trade = await makeTrade();
  const only = await failed(trade, [trade.first]);
  expect((await toPayAgain(trade)).payments).toEqual([only]);
  for (const status of ["CANCELLED", "RETURNED", "REJECTED"] as const) {
    const where = { businessId: trade.buyer.businessId, id: trade.first.payableId };
    await prisma.invoice.updateMany({ where, data: { status, baseStatus: status, remarks: "Wrong rate" } });
    expect(await toPayAgain(trade)).toEqual({ payments: [], duePaise: 0 });
  }
});

test("after 30 days it has been dealt with in some other way", async () => {
  const trade = await makeTrade();
  const only = await failed(trade, [trade.first]);
  expect((await toPayAgain(trade, new Date(time + 30 * DAY_MS))).payments).toEqual([only]);
  expect(await toPayAgain(trade, new Date(time + 30 * DAY_MS + 1))).toEqual({ payments: [], duePaise: 0 });
});

test("what can't be delivered until a person sends it again is a list of its own", async () => {
  const { buyer, supplier, first } = await makeTrade();
  const request = paymentOf(supplier, [{ invoice: first, net: 100_000 }]);
  await createPayment(buyer, request, NOW);
  const list = async (todo: "send-again" | undefined) => {
    const query = paymentQuerySchema.parse({ side: "outgoing", todo });
    return (await listPayments(buyer, query, NOW)).items.map(({ objectId }) => objectId);
  };
  expect(await list("send-again")).toEqual([]);
  const mine = { businessId: buyer.businessId, direction: "OUT" } as const;
  await prisma.message.updateMany({ where: mine, data: { state: "GAVE_UP", nextAttemptAt: null } });
  expect(await list("send-again")).toEqual([request.objectId]);
  expect((await getHome(buyer, NOW)).pay.undelivered).toEqual({ count: 1, totalPaise: 100_000 });
});
