import { expect, test } from "vitest";
import { pruneSessions } from "@/features/accounts/mutations/prune-sessions";
import { uuidv7 } from "@/lib/ids";
import { prisma } from "@/tests/prisma";

test("sessions of months without a worker go a thousand at a time, and all that ran out", async () => {
  const userId = uuidv7();
  await prisma.user.create({ data: { id: userId, name: "Asha", email: `${userId}@example.in` } });
  const now = new Date("2026-11-21T06:30:00Z");
  await prisma.$executeRaw`
    INSERT INTO session (id, token, user_id, expires_at, created_at, updated_at)
    SELECT gen_random_uuid(), n::text, ${userId}::uuid, ${now}::timestamptz - n * interval '1 hour', ${now}, ${now}
      FROM generate_series(1, 2624) AS n`;
  await prisma.$executeRaw`
    CREATE FUNCTION no_flood_of_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF (SELECT count(*) FROM gone) > 1000 THEN RAISE 'too many at once'; END IF; RETURN NULL; END $$`;
  await prisma.$executeRaw`
    CREATE TRIGGER no_flood AFTER DELETE ON session REFERENCING OLD TABLE AS gone
      FOR EACH STATEMENT EXECUTE FUNCTION no_flood_of_sessions()`;
  expect(await pruneSessions(now)).toBe(2600);
  expect(await prisma.session.count({ where: { userId } })).toBe(24);
});
