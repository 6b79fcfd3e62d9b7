import { expect, test } from "vitest";
import { pruneSessions } from "@/features/accounts/mutations/prune-sessions";
import { uuidv7 } from "@/lib/ids";
import { forbidFloods } from "@/tests/no-flood";
import { prisma } from "@/tests/prisma";

test("sessions of months without a worker go a thousand at a time, and all that ran out", async () => {
  const userId = uuidv7();
  await prisma.user.create({ data: { id: userId, name: "Asha", email: `${userId}@example.in` } });
  const now = new Date("2026-11-21T06:30:00Z");
  await prisma.$executeRaw`
    INSERT INTO session (id, token, user_id, expires_at, created_at, updated_at)
    SELECT gen_random_uuid(), n::text, ${userId}::uuid, ${now}::timestamptz - n * interval '1 hour', ${now}, ${now}
      FROM generate_series(1, 2624) AS n`;
  await forbidFloods("session");
  expect(await pruneSessions(now)).toBe(2600);
  expect(await prisma.session.count({ where: { userId } })).toBe(24);
});
