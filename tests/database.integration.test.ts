import { expect, test } from "vitest";
import { prisma } from "@/tests/prisma";

test("a test file has a migrated database of its own", async () => {
  const rows = await prisma.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
  expect(rows[0]?.name).toMatch(/^test_[0-9a-f]{32}$/);
  expect(await prisma.business.count()).toBe(0);
});
