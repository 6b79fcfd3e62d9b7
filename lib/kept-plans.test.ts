import { expect, test } from "vitest";
import { KEPT_PLAN, planName } from "@/lib/kept-plans";

test("what has a text for each number of rows takes no name from others", () => {
  const insert = (rows: number) => {
    const row = (at: number) => `(${Array.from({ length: 14 }, (_, column) => `$${at * 14 + column + 1}`).join(",")})`;
    return `INSERT INTO "public"."payment_line" VALUES ${Array.from({ length: rows }, (_, at) => row(at)).join(",")}`;
  };
  const named = Array.from({ length: 100 }, (_, at) => planName({ sql: insert(at + 1) }) !== "");
  expect(named.lastIndexOf(true)).toBe(1);
  expect(named[0]).toBe(true);
});

test("a plan is kept of what Prisma writes and of what says so, and of nothing else", () => {
  const name = (sql: string) => planName({ sql });
  expect(name('SELECT "public"."payment"."total" FROM "public"."payment"')).toMatch(/^chukta_\d+$/);
  expect(name(`${KEPT_PLAN.sql} SELECT 1`)).toMatch(/^chukta_\d+$/);
  expect(name(`${KEPT_PLAN.sql} SELECT 1`)).toBe(name(`${KEPT_PLAN.sql} SELECT 1`));
  expect(name(`${KEPT_PLAN.sql} SELECT 1`)).not.toBe(name(`${KEPT_PLAN.sql} SELECT 2`));
  expect(name("SELECT id FROM invoice ORDER BY total LIMIT 26")).toBe("");
  for (let i = 0; i < 300; i++) name(`${KEPT_PLAN.sql} SELECT ${i}, 'one of too many'`);
  expect(name(`${KEPT_PLAN.sql} SELECT 'one more'`)).toBe("");
});
