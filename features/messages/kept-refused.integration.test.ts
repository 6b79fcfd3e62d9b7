import { expect, test } from "vitest";
import { keepRefused, pruneRefused } from "@/features/messages/mutations/keep-refused";
import { refuse } from "@/features/protocol/errors";
import { NOW } from "@/tests/gateway";
import { forbidFloods } from "@/tests/no-flood";
import { prisma } from "@/tests/prisma";

const DAY = 86_400_000;

test("a refused message is kept for 90 days, and no longer", async () => {
  const ages = [90 * DAY + 1, 90 * DAY, DAY, 0];
  for (const age of ages) {
    const body = Buffer.from("{}");
    const refused = { operation: "req-pay", caller: "network", json: null, body, status: 422 } as const;
    await keepRefused({ ...refused, refusal: refuse("FIELD_TYPE") }, new Date(NOW.getTime() - age));
  }
  expect(await pruneRefused(NOW)).toBe(1);
  const kept = await prisma.refusedMessage.findMany({ orderBy: { receivedAt: "asc" } });
  expect(kept.map(({ receivedAt }) => NOW.getTime() - receivedAt.getTime())).toEqual(ages.slice(1));
  expect(await pruneRefused(NOW)).toBe(0);
});

test("a flood of old ones goes a thousand at a time, and all of it", async () => {
  await prisma.refusedMessage.deleteMany();
  await prisma.$executeRaw`
    INSERT INTO refused_message (id, received_at, operation, caller, status, error_cd, error_dtl, error_field, body)
    SELECT gen_random_uuid(), ${NOW}::timestamptz - n * interval '1 hour', 'req-pay', 'network', 422, 'FIELD_TYPE', '', '', '{}'
      FROM generate_series(1, 5000) AS n`;
  await forbidFloods("refused_message");
  expect(await pruneRefused(NOW)).toBe(5000 - 90 * 24);
  expect(await prisma.refusedMessage.count()).toBe(90 * 24);
});
