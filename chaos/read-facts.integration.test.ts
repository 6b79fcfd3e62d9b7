import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findAll } from "@/chaos/checks/all";
import { readTables, toTransfers } from "@/chaos/read-facts";
import { sealAll } from "@/features/audit/seal";
import { contentHash } from "@/features/protocol/content-hash";
import { callGateway } from "@/tests/gateway";
import { answeredTrade, outcomeOf } from "@/tests/trade";

// The checks over the tables themselves: a trade that ended well, and what they say once its rows are spoilt.

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
let trade: Awaited<ReturnType<typeof answeredTrade>>;

beforeAll(async () => {
  await client.connect();
  trade = await answeredTrade();
  await callGateway("req-pay-confirmation", { body: trade.confirmation });
  await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation) });
  await client.query("UPDATE message SET state = 'DELIVERED', next_attempt_at = NULL WHERE direction = 'OUT'");
  // Not at once while another transaction of the cluster, a test's beside this one, is older than the events.
  await vi.waitUntil(async () => (await sealAll()) >= 0 && (await readTables(client)).unsealed === 0, {
    timeout: 20_000,
  });
});
afterAll(() => client.end());

const nothing = { transfers: [], remote: [], asked: [], answers: [], decisions: [], raised: [], brokenChains: [] };

/** What the checks of tables find; who asked for what is not known here. */
async function find(): Promise<string[]> {
  const tables = await readTables(client);
  const asked = new Set(["nobody else's payments", "acknowledged answers stand"]);
  const known = { ...tables, messages: tables.messages.map((message) => ({ ...message, reqMsgId: null })) };
  return findAll({ ...nothing, ...known })
    .filter(({ check }) => !asked.has(check))
    .map(({ words }) => words);
}

/** What they find once a statement has spoilt the rows, past every CHECK; the rows are as they were afterwards. */
async function findAfter(...statements: string[]): Promise<string[]> {
  const checks = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace`,
  );
  for (const { table, name } of checks.rows)
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS "${name}"`);
  const tables = ["invoice", "payment", "payment_line", "message"];
  for (const table of tables) await client.query(`CREATE TEMP TABLE kept_${table} AS TABLE ${table}`);
  try {
    for (const statement of statements) await client.query(statement);
    return await find();
  } finally {
    for (const table of tables) {
      await client.query(`DELETE FROM ${table}`);
      await client.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
      await client.query(`DROP TABLE kept_${table}`);
    }
  }
}

test("finds nothing in a trade that ended well", async () => {
  const { hosted, invoices, payments, lines, events, sharing, unsealed } = await readTables(client);
  expect([...hosted].sort()).toEqual([trade.buyer.b2bId, trade.supplier.b2bId].sort());
  expect([invoices.length, payments.length, lines.length]).toEqual([4, 2, 4]);
  expect(payments.map(({ paidAt, utr }) => [paidAt, utr])).toEqual(
    Array(2).fill([Date.parse(trade.request.paidAt), trade.request.utr]),
  );
  expect(lines.map(({ invoice }) => invoice).sort()).toEqual(
    [trade.first, trade.first, trade.second, trade.second].map(({ objectId }) => objectId).sort(),
  );
  expect(events.filter(({ action }) => action === "payment.accepted")).toHaveLength(2);
  expect({ sharing, unsealed }).toEqual({ sharing: [], unsealed: 0 });
  expect(await find()).toEqual([]);
});

test("an amount that was applied twice", async () => {
  const findings = await findAfter(`UPDATE invoice SET paid = 200000 WHERE id = '${trade.first.payableId}'`);
  expect(findings).toContain(
    `invoice ${trade.first.objectId} (${trade.buyer.b2bId}'s payable): paid 2000.00 but its accepted payments sum to 1000.00`,
  );
});

test("a payment that never ended, one that the other side doesn't know, and one whose lines are gone", async () => {
  const { objectId } = trade.request;
  const { b2bId } = trade.buyer;
  const where = `object_id = '${objectId}' AND side`;
  expect(await findAfter(`UPDATE payment SET status = 'CONFIRMING' WHERE ${where} = 'INCOMING'`)).toContain(
    `payment ${objectId}: ACCEPTED at the buyer, CONFIRMING at the supplier`,
  );
  expect(await findAfter(`DELETE FROM payment WHERE ${where} = 'INCOMING'`)).toContain(
    `payment ${objectId}: ACCEPTED at the buyer, and unknown to the supplier`,
  );
  expect(await findAfter(`DELETE FROM payment_line WHERE business_id = '${trade.buyer.businessId}'`)).toContain(
    `payment ${objectId} (${b2bId}): total 1500.00 but its lines sum to 0.00`,
  );
});

test.each(["side = 'INCOMING'", "made_at = now()", "paid_at = NULL", "payment_total = 1", "search = ' x '"])(
  "a line by which no search finds its payment: %s",
  async (spoilt) => {
    const { buyer, request } = trade;
    expect(await findAfter(`UPDATE payment_line SET ${spoilt} WHERE business_id = '${buyer.businessId}'`)).toContain(
      `payment ${request.objectId} (${buyer.b2bId}): a line says something else of it, by which searches miss it`,
    );
  },
);

test("a message that was never written, and one that was never sent", async () => {
  const { objectId } = trade.request;
  const { b2bId } = trade.buyer;
  const where = "direction = 'OUT' AND operation = 'REQ_PAY'";
  expect(await findAfter(`DELETE FROM message WHERE ${where}`)).toEqual([
    `payment ${objectId}: ACCEPTED in ${b2bId}'s books, and its REQ_PAY was never written`,
  ]);
  expect(await findAfter(`UPDATE message SET state = 'GAVE_UP', last_error = 'No answer' WHERE ${where}`)).toEqual([
    `payment ${objectId}: ${b2bId}'s REQ_PAY is GAVE_UP (No answer)`,
  ]);
});

test("the network's journal says what it took, what came of it, and whether the sender knows", () => {
  const at = "2026-11-20T10:00:00.000Z";
  const body = JSON.stringify(trade.reqPay);
  const [taken] = toTransfers([{ event: "taken", at, reqMsgId: "R1", operation: "req-pay", webhookId: null, body }]);
  expect(taken).toEqual({
    reqMsgId: "R1",
    operation: "req-pay",
    objectId: trade.request.objectId,
    response: null,
    buyer: trade.buyer.b2bId,
    supplier: trade.supplier.b2bId,
    contentHash: contentHash(trade.reqPay),
    result: null,
    settled: false,
  });
  const confirmation = JSON.stringify(trade.confirmation);
  const [settled] = toTransfers([
    { event: "taken", at, reqMsgId: "R2", operation: "req-pay-confirmation", webhookId: null, body: confirmation },
    { event: "answered", at, reqMsgId: "R2", result: "SUCCESS", outcome: "{}" },
    { event: "settled", at, reqMsgId: "R2" },
  ]);
  expect(settled).toMatchObject({ response: "ACCEPT", result: "SUCCESS", settled: true });
});
