import { expect, test } from "vitest";
import { KEPT_PLAN, planName } from "@/lib/kept-plans";

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
