import { describe, expect, test } from "vitest";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import { BACK_OFF_MS } from "@/features/messages/rules";
import { sendAgain } from "@/features/payments/mutations/send-again";
import type { SendResult } from "@/features/protocol/network-client";
import { claimQueued } from "@/tests/deliver";
import { callGateway, NOW } from "@/tests/gateway";
import { holding, someoneWaits } from "@/tests/holding";
import { prisma } from "@/tests/prisma";
import { FAILURE, paidTrade, respPayOf } from "@/tests/trade";

const after = (ms: number) => new Date(NOW.getTime() + ms);
const HOUR = 3_600_000;
const RETRY: SendResult = { kind: "retry", reason: "timeout" };
const acked = (reqMsgId: string): SendResult => ({ kind: "acked", reqMsgId, status: 200, reply: "" });

/** A payment's req-pay after one more attempt, which began now and took so long, in milliseconds. */
async function attempted(result: SendResult, { tookMs = 0, attemptsBefore = 0 } = {}) {
  const trade = await paidTrade();
  const where = { businessId: trade.buyer.businessId, direction: "OUT" } as const;
  await prisma.message.updateMany({ where, data: { attempts: attemptsBefore, createdAt: NOW } });
  const message = await claimQueued(trade.buyer, NOW);
  await settleAttempt({ message, result, startedAt: NOW, endedAt: after(tookMs) });
  return { ...trade, sent: () => prisma.message.findFirstOrThrow({ where }) };
}

test("the next attempt is counted from the end of the last one, however long that took", async () => {
  const { nextAttemptAt } = await (await attempted(RETRY, { tookMs: 20_000 })).sent();
  expect(Number(nextAttemptAt)).toBeGreaterThanOrEqual(Number(after(21_000)));
  expect(Number(nextAttemptAt)).toBeLessThanOrEqual(Number(after(21_250)));
});

test("a young message whose attempts dying workers have used up is tried again in an hour", async () => {
  const { state, nextAttemptAt } = await (await attempted(RETRY, { attemptsBefore: BACK_OFF_MS.length + 9 })).sent();
  expect(state).toBe("QUEUED");
  expect(Number(nextAttemptAt)).toBeGreaterThanOrEqual(Number(after(HOUR)));
});

test("an ack by half a character is kept as it can be: the message was delivered, and goes out no more", async () => {
  const { state, reqMsgId } = await (await attempted(acked("REQ\ud83d"))).sent();
  expect([state, reqMsgId]).toEqual(["DELIVERED", "REQ\ufffd"]);
});

test("a refusal holds the payment's bills before its message, as everything does: none waits for the other in a ring", async () => {
  const trade = await paidTrade();
  const message = await claimQueued(trade.buyer, NOW);
  const bill = holding(
    (tx) => tx.$executeRaw`SELECT FROM invoice WHERE id = ${trade.second.payableId}::uuid FOR UPDATE`,
  );
  await bill.held;
  const refusal = { code: "EXCEEDS_DUE", detail: "No", field: "" };
  const result: SendResult = { kind: "refused", status: 200, refusal, reply: "" };
  const settled = settleAttempt({ message, result, startedAt: NOW, endedAt: NOW });
  await someoneWaits("invoice");
  const free = await prisma.$queryRaw`SELECT id FROM message WHERE id = ${message.id}::uuid FOR UPDATE SKIP LOCKED`;
  bill.release();
  await settled;
  expect(free).toEqual([{ id: message.id }]);
  expect(
    await prisma.payment.findFirstOrThrow({ where: { side: "OUTGOING", objectId: message.objectId } }),
  ).toMatchObject({
    status: "FAILED",
  });
});

test("outcomes hold the messages that they belong to in the order of acks: none waits for the other in a ring", async () => {
  const { buyer, request } = await paidTrade();
  const first = await prisma.message.findFirstOrThrow({ where: { businessId: buyer.businessId, direction: "OUT" } });
  // Another payment's, whose id comes after this one's while its payment comes before.
  const objectId = `A${request.objectId}`;
  const second = { ...first, id: first.id.replace(/^./, "f"), objectId };
  await prisma.message.create({ data: second });
  const held = holding((tx) => tx.$executeRaw`SELECT FROM message WHERE id = ${first.id}::uuid FOR UPDATE`);
  await held.held;
  const outcomes = [request.objectId, objectId].map((id) => ({ business: buyer.businessId, objectId: id, at: NOW }));
  const settled = prisma.$transaction([
    // As the functions are planned that call it.
    prisma.$executeRaw`
      SELECT set_config(name, 'off', true) FROM unnest(ARRAY['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan']) AS name`,
    prisma.$executeRaw`
      SELECT settle_all_sent('REQ_PAY', ARRAY(
        SELECT m FROM json_populate_recordset(NULL::usual_message, ${JSON.stringify(outcomes)}::json) m
         ORDER BY m.business, m."objectId"))`,
  ]);
  await someoneWaits("message");
  const free = await prisma.$queryRaw`SELECT id FROM message WHERE id = ${second.id}::uuid FOR UPDATE SKIP LOCKED`;
  held.release();
  await settled;
  expect(free).toEqual([{ id: second.id }]);
  const where = { businessId: buyer.businessId, direction: "OUT" } as const;
  for (const message of await prisma.message.findMany({ where }))
    expect(message).toMatchObject({ state: "DELIVERED", settledAt: NOW, nextAttemptAt: null });
});

describe("the name that the network gave a message is kept, whatever its outcome is called", () => {
  test.each([
    ["a SUCCESS", {}],
    ["a FAILURE", FAILURE],
  ])("%s", async (_, resp) => {
    const { buyer, request, reqPay, sent } = await attempted(acked("R0"));
    // Queued once more, it looks as if nobody had it.
    await sendAgain(buyer, "OUTGOING", request.objectId, NOW);
    const body = respPayOf(reqPay, { ...resp, reqMsgId: "R9" });
    expect((await callGateway("resp-pay", { body })).json.response_code).toBe(0);
    expect(await sent()).toMatchObject({ state: "DELIVERED", reqMsgId: "R0" });
  });

  test("without a name of its own it has its outcome's", async () => {
    const { reqPay, sent } = await attempted(RETRY);
    await callGateway("resp-pay", { body: respPayOf(reqPay, { ...FAILURE, reqMsgId: "R9" }) });
    expect(await sent()).toMatchObject({ state: "DELIVERED", reqMsgId: "R9", nextAttemptAt: null, lastError: null });
  });
});
