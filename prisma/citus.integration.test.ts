import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { prisma } from "@/tests/prisma";

/*
 * The day one server is too small, Citus shards the tables by business (docs/operations.md). It asks that every key of a sharded table
 * contains the column by which it is sharded, and that sharded tables refer to each other by it: this keeps the way open.
 */

/** On every node whole, since the sharded tables refer to them. */
const REFERENCE: Record<string, string> = {
  business: "small, and found by slug and B2B ID before anyone knows whose shard to ask",
  app_user: "people belong to several businesses",
};

/** On the coordinator alone. */
const LOCAL: Record<string, string> = {
  _prisma_migrations: "which migrations this database has",
  session: "signing in, before any business is known",
  account: "signing in, before any business is known",
  two_factor: "signing in, before any business is known",
  passkey: "signing in, before any business is known",
  verification: "signing in, before any business is known",
  rate_limit: "counts attempts to sign in, whoever makes them",
  refused_message: "what was refused, often for nobody here; kept for 90 days",
};

interface Key {
  table: string;
  name: string;
  columns: string[];
  primary: boolean;
}

/** Every unique index, primary keys among them. */
const keys = () => prisma.$queryRaw<Key[]>`
  SELECT owner.relname AS "table", index.relname AS name,
         indisprimary AS primary, array_agg(attname::text ORDER BY attnum) AS columns
    FROM pg_index JOIN pg_class owner ON owner.oid = indrelid JOIN pg_class index ON index.oid = indexrelid
    JOIN pg_attribute ON attrelid = indexrelid
   WHERE owner.relnamespace = 'public'::regnamespace AND indisunique GROUP BY 1, 2, 3`;

interface Reference {
  from: string;
  to: string;
  name: string;
  /** The column of the referred table that `business_id` stands for; null when it isn't part of the key. */
  meets: string | null;
}

const references = () => prisma.$queryRaw<Reference[]>`
  SELECT here.relname AS "from", there.relname AS "to", conname AS name,
         (SELECT target.attname FROM unnest(conkey, confkey) AS pair(own, other)
            JOIN pg_attribute own ON own.attrelid = conrelid AND own.attnum = pair.own AND own.attname = 'business_id'
            JOIN pg_attribute target ON target.attrelid = confrelid AND target.attnum = pair.other) AS meets
    FROM pg_constraint JOIN pg_class here ON here.oid = conrelid JOIN pg_class there ON there.oid = confrelid
   WHERE contype = 'f' AND here.relnamespace = 'public'::regnamespace`;

async function tables(): Promise<{ name: string; isSharded: boolean }[]> {
  const found = await prisma.$queryRaw<{ name: string; sharded: boolean }[]>`
    SELECT relname AS name, EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'business_id'
                                                               AND attnotnull AND atttypid = 'uuid'::regtype) AS sharded
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`;
  return found.map(({ name, sharded }) => ({ name, isSharded: sharded }));
}

describe("Citus", () => {
  test("every table is sharded by business, or listed here with a reason", async () => {
    const all = await tables();
    const others = all.filter((table) => !table.isSharded).map((table) => table.name);
    expect(others.sort()).toEqual([...Object.keys(REFERENCE), ...Object.keys(LOCAL)].sort());
    expect(all.length - others.length).toBeGreaterThanOrEqual(10);
  });

  test("the statements in docs/operations.md name every table that is sharded, and those that they refer to", async () => {
    const citus = readFileSync("docs/operations.md", "utf8").split("### Citus")[1] ?? "";
    const namedIn = (statement: RegExp) =>
      [...citus.matchAll(statement)].flatMap(([, list = ""]) => list.match(/(?<=\(')\w+(?='\))/g) ?? []).sort();
    const sharded = (await tables()).filter((table) => table.isSharded).map((table) => table.name);
    expect(namedIn(/VALUES ([^;]*);/g)).toEqual(sharded.sort());
    expect(namedIn(/(create_reference_table[^;]*);/g)).toEqual(Object.keys(REFERENCE).sort());
  });

  test("every key of a sharded table contains its business, and its primary key begins with it", async () => {
    const sharded = new Set((await tables()).filter((table) => table.isSharded).map((table) => table.name));
    const ofSharded = (await keys()).filter((key) => sharded.has(key.table));
    expect(new Set(ofSharded.map((key) => key.table))).toEqual(sharded);
    expect(ofSharded.filter((key) => !key.columns.includes("business_id"))).toEqual([]);
    expect(ofSharded.filter((key) => key.primary && key.columns[0] !== "business_id")).toEqual([]);
  });

  test("sharded tables refer to each other by the business on both sides, else only to reference tables", async () => {
    const sharded = new Set((await tables()).filter((table) => table.isSharded).map((table) => table.name));
    const wrong = (await references()).filter(({ from, to, meets }) => {
      if (sharded.has(from) && sharded.has(to)) return meets !== "business_id";
      if (sharded.has(from)) return !(to in REFERENCE);
      return sharded.has(to) || (from in REFERENCE && !(to in REFERENCE));
    });
    expect(wrong).toEqual([]);
  });
});
