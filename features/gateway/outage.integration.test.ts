import { createServer } from "node:net";
import pg from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { disconnect } from "@/lib/db";
import { type Answer, callGateway, makeApiKey, refusalIn, snapshot } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answeredTrade, outcomeOf, paidTrade, respPayOf } from "@/tests/trade";

// While the database is away the portal says so, and never 200 for something that was not stored.

const address = process.env.OWNERS_DATABASE_URL ?? "";

afterEach(async () => {
  vi.unstubAllEnvs();
  // The next call reads the settings anew.
  vi.resetModules();
  await disconnect();
});

function expectAway(answer: Answer) {
  expect({ status: answer.status, code: answer.json.response_code, refusal: refusalIn(answer) }).toEqual({
    status: 503,
    code: 503,
    refusal: { code: "UNAVAILABLE", field: "" },
  });
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
}

/** The handler of a portal whose database is at another address. */
async function handlerAt(url: string) {
  await disconnect();
  vi.stubEnv("DATABASE_URL", url);
  vi.resetModules();
  const { handleOperation } = await import("@/features/gateway/handle");
  return handleOperation;
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const at = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof at === "object" && at ? at.port : 1;
}

test("nobody listens at the database's address: every operation answers 503 with Retry-After, then works again", async () => {
  const { buyer, reqPay, confirmation } = await answeredTrade();
  const calls = [
    ["req-pay", { body: reqPay }],
    ["req-pay", { body: reqPay, apiKey: await makeApiKey(buyer) }],
    ["resp-pay", { body: respPayOf(reqPay) }],
    ["req-pay-confirmation", { body: confirmation }],
    ["resp-pay-confirmation", { body: outcomeOf(confirmation) }],
  ] as const;
  const before = await snapshot();
  const away = await handlerAt(`postgresql://postgres:x@127.0.0.1:${await closedPort()}/none`);
  for (const [operation, call] of calls) expectAway(await callGateway(operation, call, away));

  const back = await handlerAt(address);
  expect(await snapshot()).toEqual(before);
  const answer = await callGateway("req-pay-confirmation", { body: confirmation }, back);
  expect(answer.json.response_code).toBe(0);
});

test.each([
  ["its database is gone", address.replace(/\/[^/]+$/, "/no_such_database")],
  ["its password was changed", address.replace(/:\/\/postgres:[^@]+@/, "://postgres:wrong@")],
])("%s: 503", async (_name, url) => {
  const { reqPay } = await paidTrade();
  expectAway(await callGateway("req-pay", { body: reqPay }, await handlerAt(url)));
});

test("the connection is cut in the middle of the transaction: 503, nothing stored, and taken when it comes again", async () => {
  const { reqPay, supplier } = await paidTrade();
  const before = await snapshot();
  const other = new pg.Client({ connectionString: address });
  await other.connect();
  try {
    // The handler waits inside its transaction for this lock.
    await other.query("BEGIN");
    await other.query("LOCK TABLE audit_event IN EXCLUSIVE MODE");
    const called = callGateway("req-pay", { body: reqPay });
    const cut = await vi.waitUntil(
      async () => {
        // Within a transaction PostgreSQL shows the activity of its first look, again and again.
        await other.query("SELECT pg_stat_clear_snapshot()");
        const { rows } = await other.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
        );
        return rows.length > 0;
      },
      { timeout: 5000, interval: 20 },
    );
    expect(cut).toBe(true);
    await other.query("ROLLBACK");
    expectAway(await called);
  } finally {
    await other.end();
  }
  expect(await snapshot()).toEqual(before);
  expect((await callGateway("req-pay", { body: reqPay })).json.response_code).toBe(0);
  expect(await prisma.payment.count({ where: { businessId: supplier.businessId } })).toBe(1);
});

test("a defect is a 500 in plain words, and changes nothing", async () => {
  const { reqPay } = await paidTrade();
  const before = await snapshot();
  // Whichever way the message is taken, and as whatever role.
  await prisma.$executeRaw`ALTER TABLE payment_line ADD CONSTRAINT broken CHECK (total < 0) NOT VALID`;
  const answer = await callGateway("req-pay", { body: reqPay }).finally(
    () => prisma.$executeRaw`ALTER TABLE payment_line DROP CONSTRAINT broken`,
  );
  expect(answer.status).toBe(500);
  expect(refusalIn(answer)).toEqual({ code: "INTERNAL", field: "" });
  expect(answer.body).not.toMatch(/prisma|payment_line|relation/i);
  expect(await snapshot()).toEqual(before);
});
