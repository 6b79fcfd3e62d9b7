import { expect, test } from "vitest";
import { accountDigest } from "@/lib/auth-attempts";
import { countAttempt, pruneAttempts } from "@/lib/throttle";
import { forbidFloods } from "@/tests/no-flood";
import { prisma } from "@/tests/prisma";

const LIMIT = { max: 2, windowSeconds: 900 };
const NOW = new Date("2026-11-20T14:05:00+05:30");
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

/** Attempts under one key, at these seconds after NOW by the clock of whoever counts them: how long each has to wait, in seconds. */
async function waits(key: string, seconds: readonly number[]) {
  const found: (number | null)[] = [];
  for (const each of seconds) found.push(await countAttempt(key, LIMIT, after(each)));
  return found;
}

test("so many are let through in a window, and then none until it is over", async () => {
  expect(await waits("window", [0, 1, 2, 899, 900])).toEqual([null, null, 898, 1, null]);
});

test("portals whose clocks differ by minutes count together", async () => {
  expect(await waits("apart", [300, 0, 300, 0])).toEqual([null, null, 900, 1200]);
});

test("what was counted while a clock was a year ahead holds nobody up once it is right", async () => {
  const year = 365 * 86_400;
  expect(await waits("ahead", [year, year, year, 0, 1, 2])).toEqual([null, null, 900, null, null, 898]);
});

test("an account is one, however its address is typed", () => {
  expect(accountDigest(" Asha@Example.in ")).toBe(accountDigest("asha@example.in"));
  expect(accountDigest("asha@example.in")).not.toBe(accountDigest("asha@example.co.in"));
});

test("what a flood of guesses was counted under goes after a day, a thousand at a time; what still counts stays", async () => {
  await prisma.rateLimit.deleteMany();
  await prisma.$executeRaw`
    INSERT INTO rate_limit (id, key, count, last_request)
    SELECT gen_random_uuid(), 'guessed ' || n, 1, (extract(epoch FROM ${NOW}::timestamptz - n * interval '1 minute') * 1000)::bigint
      FROM generate_series(1, 4000) AS n`;
  expect(await waits("today", [0, 1, 2])).toEqual([null, null, 898]);
  await forbidFloods("rate_limit");
  expect(await pruneAttempts(NOW)).toBe(4000 - 24 * 60);
  expect(await prisma.rateLimit.count()).toBe(24 * 60 + 1);
  expect(await waits("today", [3])).toEqual([897]);
});
