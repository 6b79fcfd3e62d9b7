import { afterEach, expect, test } from "vitest";
import { sealAll } from "@/features/audit/seal";
import { readFigures } from "@/features/health/figures";
import { prisma } from "@/tests/prisma";
import { paidTrade } from "@/tests/trade";

const LATER = 1_000_000_000_000;
const move = (by: number, sealedAt: string) =>
  prisma.$transaction([
    prisma.$executeRawUnsafe("ALTER TABLE audit_seal DISABLE TRIGGER USER"),
    prisma.$executeRawUnsafe(
      `UPDATE audit_seal SET through_transaction_id = through_transaction_id + ${by}, sealed_at = ${sealedAt}`,
    ),
    prisma.$executeRawUnsafe("ALTER TABLE audit_seal ENABLE TRIGGER USER"),
  ]);

afterEach(() => move(-LATER, "now()"));

test("a trail whose seals are of another cluster is behind, however little is written there", async () => {
  await paidTrade();
  while ((await sealAll()) > 0);
  expect((await readFigures()).seal).toEqual({ unsealed: 0, lagSeconds: 0 });
  await move(LATER, "now() - interval '10 minutes'");
  const { unsealed, lagSeconds } = (await readFigures()).seal;
  expect(unsealed).toBe(0);
  expect(lagSeconds).toBeGreaterThanOrEqual(600);
});
