import { beforeAll, expect, test } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { books } from "@/lib/db";
import { planName } from "@/lib/kept-plans";
import { type Binding, WalledPool, walledConnection, within } from "@/lib/wall";
import { nodesOf, plansOf } from "@/tests/plans";
import { prisma } from "@/tests/prisma";
import { arrivedTrade } from "@/tests/trade";

let a: BusinessScope;
let b: BusinessScope;

beforeAll(async () => {
  const { buyer, supplier } = await arrivedTrade();
  [a, b] = [buyer, supplier];
});

test("shows each business its own rows on the same connection, the system all of them, and an unbound caller none", async () => {
  const pool = new WalledPool({ ...walledConnection(), max: 1 });
  const text = 'SELECT "public"."payment"."business_id"::text AS owner FROM "public"."payment"';
  const ask = async (binding: Binding) => {
    const { rows } = await within(binding, () => pool.query({ text, name: planName({ sql: text }) }));
    return [...new Set(rows.map(({ owner }: { owner: string }) => owner))].sort();
  };
  for (let i = 0; i < 4; i++) {
    expect(await ask(a)).toEqual([a.businessId]);
    expect(await ask(b)).toEqual([b.businessId]);
    expect(await ask("system")).toEqual([a.businessId, b.businessId].sort());
    expect((await pool.query({ text })).rows).toEqual([]);
  }
  const { rows } = await pool.query({
    text: `SELECT sum(generic_plans)::int AS kept, sum(custom_plans)::int AS made FROM pg_prepared_statements
            WHERE statement LIKE '%AS owner%'`,
  });
  expect(rows).toEqual([{ kept: 12, made: 0 }]);
  // One that isn't kept is planned for what it asks, and the next one finds the connection as it was.
  const mode = { text: "SELECT current_setting('plan_cache_mode') AS mode" };
  expect((await within(a, () => pool.query(mode))).rows).toEqual([{ mode: "auto" }]);
  expect((await within(a, () => pool.query({ ...mode, name: "mode" }))).rows).toEqual([{ mode: "force_generic_plan" }]);
  await pool.end();
});

test("is made through the index, however few rows there are", async () => {
  const { objectId } = await prisma.payment.findFirstOrThrow({ where: { businessId: a.businessId } });
  const find = () => books(a).payment.findFirst({ where: { businessId: a.businessId, objectId } });
  const reads = (await plansOf(a, find))
    .flatMap(({ plan }) => nodesOf(plan))
    .filter((node) => node["Relation Name"] === "payment");
  expect(reads).toMatchObject([
    { "Node Type": "Index Scan", "Index Cond": "((business_id = $1) AND (object_id = $2))" },
  ]);
});
