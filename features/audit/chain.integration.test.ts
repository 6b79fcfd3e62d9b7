import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { recordAudit } from "@/features/audit/record";
import { GENESIS, sealAll, sealBusiness } from "@/features/audit/seal";
import { verifyAll, verifyBusiness } from "@/features/audit/verify";
import type { BusinessScope } from "@/features/businesses/scope";
import { transact } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { auditVerify, sealUntil, tamper, writeEvent } from "@/tests/chain";
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

describe("verification finds", () => {
  beforeEach(async () => {
    for (let i = 0; i < 3; i++) await write(`first ${i}`);
    await sealUntil(scope, 3);
    for (let i = 0; i < 3; i++) await write(`second ${i}`);
    await sealUntil(scope, 3);
    expect(await problems()).toEqual([]);
  });

  test.each([
    ["at", "'2020-01-01T00:00:00Z'"],
    ["actor_kind", "'SYSTEM'"],
    ["actor_id", "'someone else'"],
    ["actor_name", "'Someone Else'"],
    ["action", "'payment.accepted'"],
    ["subject_kind", "'invoice'"],
    ["subject_id", "'another'"],
    ["before", `'{"status":"SENDING"}'`],
    ["after", `'{"subjectId":"another"}'`],
    ["after", "NULL"],
  ])("a changed %s (%s)", async (column, value) => {
    const [event] = await events();
    await tamper(`UPDATE audit_event SET ${column} = ${value} WHERE business_id = $1 AND id = $2`, [
      scope.businessId,
      event?.id,
    ]);
    const changed = (await events())[0];
    expect(changed).not.toEqual(event);
    expect(await problems()).toEqual(["seal 1: its events or the seal were changed after it was made"]);
  });

  test("a deleted event", async () => {
    const event = (await events())[4];
    await tamper("DELETE FROM audit_event WHERE business_id = $1 AND id = $2", [scope.businessId, event?.id]);
    // Which seal has it depends on what else the server was doing: events of transactions that others hold back are sealed later.
    const seal = (await seals()).find(({ eventIds }) => eventIds.includes(event?.id ?? ""));
    expect(await problems()).toEqual([`seal ${seal?.sequence}: event ${event?.id} is missing`]);
  });

  test("an event that was slipped in below the seals", async () => {
    const id = uuidv7();
    // Needs no superuser: whoever may write events could name an old transaction.
    await prisma.$executeRawUnsafe(
      `INSERT INTO audit_event (business_id, id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, transaction_id)
       SELECT business_id, $2::uuid, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, transaction_id
         FROM audit_event WHERE business_id = $1::uuid LIMIT 1`,
      scope.businessId,
      id,
    );
    expect(await problems()).toEqual([`event ${id} was slipped in below the seals`]);
    await sealBusiness(scope.businessId);
    expect(await problems()).toContain(`event ${id} was slipped in below the seals`);
  });

  test("an event that a later seal has again", async () => {
    const [first, ...later] = await seals();
    const id = first?.eventIds[0];
    const last = later.at(-1)?.sequence;
    await tamper("UPDATE audit_seal SET event_ids = event_ids || $3::uuid WHERE business_id = $1 AND sequence = $2", [
      scope.businessId,
      last,
      id,
    ]);
    expect(await problems()).toContain(`seal ${last}: event ${id} is sealed twice`);
  });

  test("a seal that was removed, changed, or made to fit a changed event", async () => {
    const made = await seals();
    const [first, last] = [made[0], made.at(-1)];
    const [event] = await events();
    const change = (hash: string | undefined) =>
      tamper("UPDATE audit_seal SET hash = $3 WHERE business_id = $1 AND sequence = $2", [
        scope.businessId,
        last?.sequence,
        hash,
      ]);
    await change("0".repeat(64));
    expect(await problems()).toEqual([`seal ${last?.sequence}: its events or the seal were changed after it was made`]);
    await change(last?.hash);
    expect(await problems()).toEqual([]);

    await tamper("DELETE FROM audit_seal WHERE business_id = $1 AND sequence = 1", [scope.businessId]);
    expect(await problems()).toContain("seal 2 follows 0: a seal is missing");
    expect(await problems()).toContain("seal 2 does not link to the seal before it");

    // The changed event is made right by a seal of its own making; the next one gives it away.
    const { linkHash, readEvents } = await import("@/features/audit/seal");
    await tamper("UPDATE audit_event SET actor_name = 'Someone Else' WHERE business_id = $1 AND id = $2", [
      scope.businessId,
      event?.id,
    ]);
    const ids = first?.eventIds ?? [];
    const rows = await readEvents(scope.businessId, ids);
    const hash = linkHash(
      GENESIS,
      ids.flatMap((id) => rows.find((row) => row.id === id) ?? []),
    );
    await tamper(
      `INSERT INTO audit_seal (business_id, sequence, event_ids, through_transaction_id, previous_hash, hash)
       VALUES ($1, 1, $2, $3, $4, $5)`,
      [scope.businessId, ids, String(first?.throughTransactionId), GENESIS, hash],
    );
    expect(await problems()).toEqual(["seal 2 does not link to the seal before it"]);
  });

  test("and says which business's chain it is, among all", async () => {
    const healthy = await makeBusiness("Kaveri");
    const event = (await events())[0];
    await tamper("UPDATE audit_event SET action = 'x' WHERE business_id = $1 AND id = $2", [
      scope.businessId,
      event?.id,
    ]);
    const results = await verifyAll();
    expect(results.find((result) => result.businessId === healthy.businessId)?.problems).toEqual([]);
    expect(results.find((result) => result.businessId === scope.businessId)?.problems).toHaveLength(1);
  });
});

test("npm run audit:verify says what holds, and ends with 1 when something doesn't", async () => {
  await write("one");
  await sealUntil(scope, 1);
  const good = await auditVerify();
  expect(good.output).toContain(`${scope.businessId}  holds  1 seals, 1 events, 0 not sealed yet`);
  await tamper("UPDATE audit_event SET action = 'x' WHERE business_id = $1", [scope.businessId]);
  const bad = await auditVerify();
  expect(bad.code).toBe(1);
  expect(bad.output).toContain(`${scope.businessId}  DOES NOT HOLD`);
  expect(bad.output).toMatch(/\d+ of \d+ audit chains do not hold/);
});
