import { afterEach, describe, expect, test, vi } from "vitest";
import { createInvoice } from "@/features/invoices/mutations/create";
import { createPayment } from "@/features/payments/mutations/create";
import { booksOfTrade } from "@/tests/all-rows";
import { makeBusiness, paymentOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import { billOf } from "@/tests/invoices";
import { answered, outcomeOf, paidTrade, respPayOf, sentReqPay } from "@/tests/trade";

/*
 * A message is taken in one statement when it is of the usual kind, and by the ordinary transaction when not (decision 027). Whichever
 * it was: every row that it leaves behind is the same.
 */

type Handle = typeof import("@/features/gateway/handle").handleOperation;

afterEach(() => {
  vi.doUnmock("@/features/messages/mutations/take-at-once");
  vi.resetModules();
});

/** The handler, and how many messages it took in one statement. */
async function handler(way: "at once" | "ordinary") {
  vi.resetModules();
  const real = await vi.importActual<typeof import("@/features/messages/mutations/take-at-once")>(
    "@/features/messages/mutations/take-at-once",
  );
  const count = { atOnce: 0 };
  vi.doMock("@/features/messages/mutations/take-at-once", () => ({
    takeAtOnce: async (...args: Parameters<typeof real.takeAtOnce>) => {
      const taken = way === "at once" ? await real.takeAtOnce(...args) : null;
      if (taken) count.atOnce++;
      return taken;
    },
  }));
  const { handleOperation } = await import("@/features/gateway/handle");
  return { handle: handleOperation, count };
}

type Life = (handle: Handle) => Promise<Parameters<typeof booksOfTrade>[0]>;

/** Calls one after the other, a minute apart, each taken. */
function caller(handle: Handle) {
  let minutes = 0;
  return async (operation: Parameters<typeof callGateway>[0], body: unknown) => {
    minutes++;
    const now = new Date(NOW.getTime() + minutes * 60_000);
    const answer = await callGateway(operation, { body, now }, handle);
    expect(answer.json.response_code, answer.body).toBe(0);
  };
}

const lives: [name: string, messages: number, live: Life][] = [
  ["accepted", 4, (handle) => whole(handle, "ACCEPT")],
  ["rejected", 4, (handle) => whole(handle, "REJECT")],
  [
    "answered before its resp-pay",
    2,
    async (handle) => {
      const trade = await paidTrade();
      const call = caller(handle);
      await call("req-pay", trade.reqPay);
      await call("req-pay-confirmation", await answered(trade, { response: "ACCEPT", remarks: "Received" }));
      return trade;
    },
  ],
  ["faster than its bill", 1, (handle) => fasterThanItsBill(handle)],
];

async function fasterThanItsBill(handle: Handle) {
  const [buyer, supplier] = [await makeBusiness("Anvaya"), await makeBusiness("Kaveri")];
  const bill = billOf(supplier, { side: "payable", supplierInvoiceNumber: "KM/1" });
  const { id } = await createInvoice(buyer, bill, NOW);
  const pair = { objectId: "", number: "", payableId: id, receivableId: "" };
  const request = paymentOf(supplier, [{ invoice: pair, net: 40_000 }]);
  await createPayment(buyer, request, NOW);
  await caller(handle)("req-pay", await sentReqPay(request.objectId));
  return { buyer, supplier };
}

async function whole(handle: Handle, response: "ACCEPT" | "REJECT") {
  const trade = await paidTrade();
  const call = caller(handle);
  await call("req-pay", trade.reqPay);
  await call("resp-pay", respPayOf(trade.reqPay));
  const confirmation = await answered(trade, { response, remarks: "Looked for it" });
  await call("req-pay-confirmation", confirmation);
  await acknowledged(trade.supplier.businessId, trade.request.objectId);
  await call("resp-pay-confirmation", outcomeOf(confirmation, { reqMsgId: ACK }));
  return trade;
}

const ACK = `REQ${"a".repeat(32)}`;

/** The network's ack of the supplier's answer, by which its outcome names it. */
async function acknowledged(businessId: string, objectId: string): Promise<void> {
  const { prisma } = await import("@/tests/prisma");
  await prisma.message.updateMany({
    where: { businessId, objectId, direction: "OUT" },
    data: { reqMsgId: ACK, state: "DELIVERED", nextAttemptAt: null, settledAt: NOW },
  });
}

describe.each(lives)("a payment that is %s", (_name, messages, live) => {
  test("leaves the same rows both ways", { timeout: 60_000 }, async () => {
    const atOnce = await handler("at once");
    const one = await booksOfTrade(await live(atOnce.handle));
    expect(atOnce.count.atOnce).toBe(messages);
    const ordinary = await handler("ordinary");
    const other = await booksOfTrade(await live(ordinary.handle));
    expect(one).toEqual(other);
  });
});

test("of messages that arrive together, one that doesn't fit goes the ordinary way, and the others lose nothing", async () => {
  const { handle, count } = await handler("at once");
  const trades = await Promise.all(Array.from({ length: 6 }, () => paidTrade()));
  const bodies = trades.map(({ reqPay }) => reqPay);
  const [first] = bodies;
  if (!first) throw new Error("no trade");
  // One comes twice, and one is for an invoice that is not there.
  const lost = structuredClone(bodies[5] ?? first);
  Object.assign(lost.payment.invoicesPayInfos[0] ?? {}, { objectId: `INV${"0".repeat(32)}` });
  const answers = await Promise.all(
    [...bodies.slice(0, 5), first, lost].map((body) => callGateway("req-pay", { body }, handle)),
  );
  expect(answers.map(({ json }) => json.response_code)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  expect(answers[5]?.body).toBe(answers[0]?.body);
  expect(count.atOnce).toBe(5);
});

test("of messages that arrive together, one at which the database fails takes no other with it", async () => {
  const { handle, count } = await handler("at once");
  const trades = await Promise.all(
    Array.from({ length: 6 }, (_, i) => paidTrade(i === 1 ? { utr: "POISON12345" } : {})),
  );
  const { prisma } = await import("@/tests/prisma");
  await prisma.$executeRaw`
    ALTER TABLE payment ADD CONSTRAINT broken CHECK (side = 'OUTGOING' OR utr <> 'POISON12345') NOT VALID`;
  const answers = await Promise.all(
    trades.map(({ reqPay }) => callGateway("req-pay", { body: reqPay }, handle)),
  ).finally(() => prisma.$executeRaw`ALTER TABLE payment DROP CONSTRAINT broken`);
  expect(answers.map(({ status }) => status)).toEqual([200, 500, 200, 200, 200, 200]);
  expect(count.atOnce).toBe(5);
});
