import { beforeEach, describe, expect, test } from "vitest";
import { GENESIS, linkHash, readEvents, sealBusiness } from "@/features/audit/seal";
import { verifyAll, verifyBusiness } from "@/features/audit/verify";
import type { BusinessScope } from "@/features/businesses/scope";
import { uuidv7 } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { auditVerify, sealUntil, tamper, writeEvent } from "@/tests/chain";
import { prisma } from "@/tests/prisma";

let scope: BusinessScope;

beforeEach(async () => {
  scope = await makeBusiness("Anvaya");
});

const write = (subjectId: string) => writeEvent(scope, subjectId);

const events = () => prisma.auditEvent.findMany({ where: { businessId: scope.businessId }, orderBy: { id: "asc" } });
const seals = () =>
  prisma.auditSeal.findMany({ where: { businessId: scope.businessId }, orderBy: { sequence: "asc" } });
const problems = async () => (await verifyBusiness(scope.businessId)).problems;

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
