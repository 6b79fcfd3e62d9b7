import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { recordAudit } from "@/features/audit/record";
import { GENESIS, sealAll, sealBusiness } from "@/features/audit/seal";
import { verifyBusiness } from "@/features/audit/verify";
import type { BusinessScope } from "@/features/businesses/scope";
import { transact } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { sealUntil, writeEvent } from "@/tests/chain";
import { prisma } from "@/tests/prisma";

let scope: BusinessScope;
const clients: pg.Client[] = [];

beforeEach(async () => {
  scope = await makeBusiness("Anvaya");
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end();
});

const write = (subjectId: string) => writeEvent(scope, subjectId);

/** A transaction that has begun to write, and stays open until it is committed. */
async function openTransaction(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: process.env.OWNERS_DATABASE_URL });
  await client.connect();
  clients.push(client);
  await client.query("BEGIN; SELECT pg_current_xact_id()");
  return client;
}

const insertEvent = (client: pg.Client, subjectId: string) =>
  client.query(
    `INSERT INTO audit_event (business_id, id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id)
     VALUES ($1, $2, 'SYSTEM', 'x', 'x', 'test', 'payment', $3)`,
    [scope.businessId, uuidv7(), subjectId],
  );

/** Writes in a transaction that stays open until it is committed. */
async function openWrite(subjectId: string): Promise<pg.Client> {
  const client = await openTransaction();
  await insertEvent(client, subjectId);
  return client;
}

const events = () => prisma.auditEvent.findMany({ where: { businessId: scope.businessId }, orderBy: { id: "asc" } });
const seals = () =>
  prisma.auditSeal.findMany({ where: { businessId: scope.businessId }, orderBy: { sequence: "asc" } });
const problems = async () => (await verifyBusiness(scope.businessId)).problems;

describe("sealing", () => {
  test("links every event once, each seal to the one before, and then has nothing to do", async () => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await write(`${round}/${i}`);
      await sealUntil(scope, 4);
    }
    expect(await sealBusiness(scope.businessId)).toBe(0);
    const chain = await seals();
    expect(chain[0]?.previousHash).toBe(GENESIS);
    for (const [index, seal] of chain.entries()) {
      expect(seal.sequence).toBe(index + 1);
      if (index > 0) expect(seal.previousHash).toBe(chain[index - 1]?.hash);
    }
    const sealed = chain.flatMap((seal) => seal.eventIds);
    expect([...sealed].sort()).toEqual((await events()).map((event) => event.id));
    expect(await verifyBusiness(scope.businessId)).toMatchObject({ sealedEvents: 12, unsealedEvents: 0, problems: [] });
  });

  test("twelve sealers at once, while events are written: one chain that holds", async () => {
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let i = 0; i < 15; i++) await write(`${writer}/${i}`);
    });
    let counted = 0;
    const seal = async () => {
      const sealed = await sealBusiness(scope.businessId);
      counted += sealed;
    };
    const sealers = Array.from({ length: 12 }, async () => {
      for (let i = 0; i < 8; i++) await seal();
    });
    await Promise.all([...writers, ...sealers]);
    await vi.waitUntil(
      async () => {
        await seal();
        return (await verifyBusiness(scope.businessId)).unsealedEvents === 0;
      },
      { timeout: 20_000, interval: 20 },
    );
    expect(counted).toBe(60);
    expect(await verifyBusiness(scope.businessId)).toMatchObject({ sealedEvents: 60, problems: [] });
  });

  test("waits for a transaction that is still open, and takes its event in its place", async () => {
    await write("before");
    const open = await openWrite("slow");
    await write("after");
    // Whatever began after the open one can't be sealed yet: the open one's event would come below the seal.
    for (let i = 0; i < 5; i++) await sealBusiness(scope.businessId);
    const early = (await seals()).flatMap((seal) => seal.eventIds);
    const names = new Map((await events()).map((event) => [event.id, event.subjectId]));
    expect(early.map((id) => names.get(id)).filter((name) => name !== "before")).toEqual([]);
    await open.query("COMMIT");
    await sealUntil(scope, 3 - early.length);
    const all = new Map((await events()).map((event) => [event.id, event.subjectId]));
    expect((await seals()).flatMap((seal) => seal.eventIds).map((id) => all.get(id))).toEqual([
      "before",
      "slow",
      "after",
    ]);
    expect(await problems()).toEqual([]);
  });

  test("goes by the transactions, not by when each wrote: none is sealed twice, none missed", async () => {
    const open = await openTransaction();
    await write("second transaction");
    await insertEvent(open, "first transaction");
    await open.query("COMMIT");
    await sealUntil(scope, 2);
    const names = new Map((await events()).map((event) => [event.id, event.subjectId]));
    const sealed = (await seals()).flatMap((seal) => seal.eventIds).map((id) => names.get(id));
    expect(sealed).toEqual(["first transaction", "second transaction"]);
    expect(await sealBusiness(scope.businessId)).toBe(0);
    expect(await problems()).toEqual([]);
  });

  test("an event of the very next transaction is above the seals, and sealed next", async () => {
    await write("before");
    await sealUntil(scope, 1);
    const [seal] = await seals();
    await prisma.$executeRaw`
      INSERT INTO audit_event (business_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, id, transaction_id)
      VALUES (${scope.businessId}::uuid, 'SYSTEM', 'x', 'x', 'test', 'payment', 'next', ${uuidv7()}::uuid, ${seal?.throughTransactionId})`;
    expect(await verifyBusiness(scope.businessId)).toMatchObject({ sealedEvents: 1, unsealedEvents: 1, problems: [] });
    await sealUntil(scope, 1);
    expect(await verifyBusiness(scope.businessId)).toMatchObject({ sealedEvents: 2, unsealedEvents: 0, problems: [] });
  });

  test("an event of a transaction that was rolled back is in no chain", async () => {
    const open = await openWrite("never");
    await write("kept");
    await open.query("ROLLBACK");
    await sealUntil(scope, 1);
    expect(await verifyBusiness(scope.businessId)).toMatchObject({ sealedEvents: 1, unsealedEvents: 0, problems: [] });
  });

  test("more than one batch: a transaction's events are sealed whole", async () => {
    await transact(scope, async (tx) => {
      for (let i = 0; i < 510; i++)
        await recordAudit(tx, scope, { at: new Date(), action: "test", subjectKind: "payment", subjectId: `${i}` });
    });
    await write("one more");
    await sealUntil(scope, 511);
    expect((await seals())[0]?.eventIds.length).toBeGreaterThanOrEqual(510);
    expect(await problems()).toEqual([]);
  });

  test("all businesses with anything new, and only those", async () => {
    const other = await makeBusiness("Kaveri");
    await write("mine");
    await vi.waitUntil(async () => (await sealAll()) >= 0 && (await seals()).length === 1, {
      timeout: 20_000,
      interval: 20,
    });
    expect(await prisma.auditSeal.count({ where: { businessId: other.businessId } })).toBe(0);
  });

  test("more than one seal takes, all at once: an hour's payments don't wait for hours", async () => {
    // Each of a transaction of its own, which ended long ago.
    await prisma.$executeRaw`
      INSERT INTO audit_event (business_id, id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, transaction_id)
      SELECT ${scope.businessId}::uuid, gen_random_uuid(), 'NETWORK', 'x', 'x', 'test', 'payment', nth::text, nth - 10000
        FROM generate_series(1, 1200) nth`;
    await sealAll();
    expect((await seals()).map(({ eventIds }) => eventIds.length)).toEqual([500, 500, 200]);
    expect(await problems()).toEqual([]);
  });
});
