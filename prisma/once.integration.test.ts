import { beforeAll, describe, expect, test } from "vitest";
import { uuidv7 } from "@/lib/ids";
import {
  businessId,
  insert,
  invoice,
  makePlainBusinesses,
  message,
  otherId,
  payment,
  queued,
  run,
} from "@/tests/plain-rows";
import { prisma } from "@/tests/prisma";

// What may be in the database only once, and what stays there for good, whatever the code above it does: tried by plain SQL.

beforeAll(makePlainBusinesses);

describe("what may be there only once", () => {
  const twice = async (table: string, row: Record<string, unknown>, changes: Record<string, unknown>) => {
    expect(await insert(table, row)).toBeNull();
    return insert(table, { ...row, ...changes });
  };

  test("an invoice's objectId, and the same paper bill, on one side of one business", async () => {
    const bill = { ...invoice(), duplicate_key: "OTHER@BCB|1|2026-27" };
    expect(await twice("invoice", bill, { id: uuidv7(), duplicate_key: null })).not.toBeNull();
    expect(await insert("invoice", { ...bill, id: uuidv7(), object_id: uuidv7() })).not.toBeNull();
    expect(await insert("invoice", { ...bill, id: uuidv7(), side: "RECEIVABLE" })).toBeNull();
    expect(await insert("invoice", { ...bill, business_id: otherId })).toBeNull();
  });

  test("a payment's objectId in one business, whatever the side", async () => {
    const paid = payment();
    expect(await twice("payment", paid, { side: "INCOMING", status: "AWAITING_CONFIRMATION" })).not.toBeNull();
    expect(await insert("payment", { ...paid, business_id: otherId })).toBeNull();
  });

  test("a message about a payment: one a business, direction, operation, side and revision", async () => {
    const first = message();
    expect(await twice("message", first, { id: uuidv7(), content_hash: "other", body: "other" })).not.toBeNull();
    for (const changes of [
      { revision: 1 },
      { side: "BUYER" },
      { operation: "RESP_PAY" },
      { ...queued },
      { business_id: otherId },
    ])
      expect(await insert("message", { ...first, id: uuidv7(), ...changes })).toBeNull();
  });

  test("an attempt's number, a seal's sequence, an API key's secret", async () => {
    const sent = message({ ...queued });
    await insert("message", sent);
    const attempt = {
      business_id: businessId,
      message_id: sent.id,
      attempt: 1,
      outcome: "acked",
      started_at: "2026-11-20",
      took_ms: 1,
    };
    expect(await twice("delivery", attempt, {})).not.toBeNull();
    const seal = {
      business_id: businessId,
      sequence: 1,
      event_ids: "{}",
      through_transaction_id: 1,
      previous_hash: "p",
      hash: "h",
    };
    expect(await twice("audit_seal", seal, { hash: "other" })).not.toBeNull();
    const key = { business_id: businessId, id: uuidv7(), name: "n", hint: "h", secret_hash: "s", created_by: "c" };
    expect(await twice("api_key", key, { id: uuidv7() })).not.toBeNull();
  });

  test("a B2B ID and a slug, on the whole portal", async () => {
    const business = (b2b: string, slug: string) =>
      insert("business", { id: uuidv7(), slug, b2b_id: b2b, legal_name: "L", trade_name: "T", geocode: "1,1" });
    expect(await business("ONE@BCB", "one")).toBeNull();
    expect(await business("ONE@BCB", "two")).not.toBeNull();
    expect(await business("TWO@BCB", "one")).not.toBeNull();
  });
});

describe("append-only", () => {
  test.each(["audit_event", "audit_seal"])("%s refuses to be changed, deleted or emptied", async (table) => {
    if (table === "audit_event")
      await insert(table, {
        business_id: otherId,
        id: uuidv7(),
        actor_kind: "SYSTEM",
        actor_id: "x",
        actor_name: "x",
        action: "a",
        subject_kind: "payment",
        subject_id: "p",
      });
    else
      await insert(table, {
        business_id: otherId,
        sequence: 9,
        event_ids: "{}",
        through_transaction_id: 1,
        previous_hash: "p",
        hash: "h",
      });
    const before = await prisma.$queryRawUnsafe(`SELECT count(*)::int AS count FROM ${table}`);
    for (const sql of [`UPDATE ${table} SET business_id = business_id`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
      expect(await run(sql)).toContain(`${table} is append-only`);
    expect(await prisma.$queryRawUnsafe(`SELECT count(*)::int AS count FROM ${table}`)).toEqual(before);
  });
});
