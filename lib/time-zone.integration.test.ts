import { randomBytes } from "node:crypto";
import pg from "pg";
import { beforeAll, expect, inject, test } from "vitest";
import { listActivity } from "@/features/activity/data";
import type { BusinessScope } from "@/features/businesses/scope";
import { getInvoice } from "@/features/invoices/data";
import { claimMessages } from "@/features/messages/mutations/claim";
import { paymentQuerySchema } from "@/features/payments/api";
import { getPayment, listPayments } from "@/features/payments/data";
import { system } from "@/lib/db";
import { walledConnection } from "@/lib/wall";
import { callGateway, NOW } from "@/tests/gateway";
import { runAt } from "@/tests/owned-database";
import { paidTrade, respPayOf } from "@/tests/trade";

/*
 * Whoever runs PostgreSQL may have set it to India's time and to days as India writes them: a server that is set up on a machine there
 * is. Prisma, which drops the offsets of the times that it reads and writes, and what goes past it must mean the same instants.
 */

const owners = process.env.OWNERS_DATABASE_URL ?? "";

beforeAll(async () => {
  const name = new URL(owners).pathname.slice(1);
  await runAt(owners, `ALTER DATABASE ${name} SET timezone TO 'Asia/Kolkata'`);
  await runAt(owners, `ALTER DATABASE ${name} SET datestyle TO 'SQL, DMY'`);
});

const at = NOW.toISOString();

test("times are what they were, whoever wrote them and whoever reads them", async () => {
  const paidAt = "2026-11-20T00:00:00+05:30";
  const trade = await paidTrade({ paidAt });
  await callGateway("req-pay", { body: trade.reqPay });
  await callGateway("resp-pay", { body: respPayOf(trade.reqPay) });
  const { objectId } = trade.request;
  for (const scope of [trade.buyer, trade.supplier]) {
    expect(await getPayment(scope, objectId, NOW)).toMatchObject({
      createdAt: at,
      paidAt: new Date(paidAt).toISOString(),
      daysWaiting: 0,
      lines: [{ issueDate: "2026-11-01", dueDate: "2026-12-01" }, {}],
    });
    expect((await eventsOf(scope)).map((event) => event.at)).toEqual((await eventsOf(scope)).map(() => at));
  }
  expect(await getInvoice(trade.buyer, trade.first.payableId, NOW)).toMatchObject({
    dueDate: "2026-12-01",
    payments: [{ paidAt: new Date(paidAt).toISOString() }],
  });
  const stored = await runAt<{ side: string; created: number; paid: number }>(
    owners,
    "SELECT side, extract(epoch FROM created_at)::float8 AS created, extract(epoch FROM paid_at)::float8 AS paid FROM payment ORDER BY side",
  );
  const instants = { created: NOW.getTime() / 1000, paid: Date.parse(paidAt) / 1000 };
  expect(stored).toEqual(["OUTGOING", "INCOMING"].map((side) => ({ side, ...instants })));
});

const eventsOf = async (scope: BusinessScope) => (await listActivity(scope, { limit: 25 })).items;

test("a list's days begin at India's midnight", async () => {
  const trade = await paidTrade({ paidAt: "2026-11-20T00:00:00+05:30" });
  const on = async (day: string) => {
    const query = paymentQuerySchema.parse({ side: "outgoing", from: day, to: day });
    return (await listPayments(trade.buyer, query, NOW)).items.length;
  };
  expect([await on("2026-11-19"), await on("2026-11-20"), await on("2026-11-21")]).toEqual([0, 1, 0]);
});

test("what is to be sent now is due now", async () => {
  const { buyer, request } = await paidTrade();
  const { id } = await system.message.findFirstOrThrow({ where: { objectId: request.objectId }, select: { id: true } });
  const early = new Date(NOW.getTime() - 1);
  expect(await claimMessages(early, 1, { businessId: buyer.businessId, messageId: id })).toEqual([]);
  expect(await claimMessages(NOW, 1, { businessId: buyer.businessId, messageId: id })).toMatchObject([
    { createdAt: NOW },
  ]);
});

test("a login that doesn't have UTC, behind a PgBouncer that drops what the connection asks for, is refused", async () => {
  const login = `portal_${randomBytes(6).toString("hex")}`;
  await runAt(owners, `CREATE ROLE ${login} LOGIN PASSWORD 'of-one-test' IN ROLE chukta_app, chukta_system`);
  await runAt(owners, `ALTER ROLE ${login} SET role = 'chukta_app'`);
  await runAt(owners, `ALTER ROLE ${login} SET search_path = books, public`);
  const address = new URL(owners);
  Object.assign(address, { username: login, password: "of-one-test" });
  const pool = new pg.Pool({ ...walledConnection(), connectionString: address.href, options: undefined, max: 1 });
  try {
    await expect(pool.query("SELECT 1")).rejects.toThrow("must have the time zone UTC and the date style ISO");
    await runAt(owners, `ALTER ROLE ${login} SET timezone = 'Etc/UTC'`);
    await expect(pool.query("SELECT 1")).rejects.toThrow("must have the time zone UTC and the date style ISO");
    await runAt(owners, `ALTER ROLE ${login} SET datestyle = 'ISO, DMY'`);
    expect((await pool.query("SELECT 1")).rowCount).toBe(1);
  } finally {
    await pool.end();
    await runAt(inject("postgresUrl"), `DROP ROLE ${login}`);
  }
});
