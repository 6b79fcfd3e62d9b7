import "server-only";
import { z } from "zod";
import { system } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { uuidv7 } from "@/lib/ids";
import { someAtATime } from "@/lib/some-at-a-time";

/** At most `max` in `windowSeconds`, counted from the first one. */
export interface Limit {
  max: number;
  windowSeconds: number;
}

const countedRow = z.tuple([z.object({ count: z.number(), startedAt: z.coerce.number() })]);

/**
 * Counts one attempt under a key, for all portals on this database together. One statement, so that attempts made at the same time
 * are all counted before any of them is carried out.
 * @returns null when it may go on, else the seconds to wait.
 */
export async function countAttempt(key: string, limit: Limit, now: Date): Promise<number | null> {
  const windowMs = limit.windowSeconds * 1000;
  const instant = BigInt(now.getTime());
  const expired = instant - BigInt(windowMs);
  // Portals' clocks may differ by minutes. A count that began further in the future was begun by a clock that was wrong; it is over, or it
  // would lock people out until that time comes.
  const unlikely = instant + BigInt(windowMs);
  const isOver = Prisma.sql`held.last_request NOT BETWEEN ${expired + 1n} AND ${unlikely}`;
  const rows = await system.$queryRaw`
    INSERT INTO rate_limit AS held (id, key, count, last_request)
    VALUES (${uuidv7()}::uuid, ${key}, 1, ${instant})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN ${isOver} THEN 1 ELSE least(held.count + 1, 1000000) END,
      last_request = CASE WHEN ${isOver} THEN excluded.last_request ELSE held.last_request END
    RETURNING count, last_request AS "startedAt"`;
  const [row] = countedRow.parse(rows);
  if (row.count <= limit.max) return null;
  return Math.max(1, Math.ceil((row.startedAt + windowMs - now.getTime()) / 1000));
}

/** Takes back one counted attempt: it turned out to be a good one. */
export async function forgetAttempt(key: string): Promise<void> {
  await system.rateLimit.updateMany({ where: { key, count: { gt: 0 } }, data: { count: { decrement: 1 } } });
}

/** Takes back all attempts counted under a key. */
export async function forgetAttempts(key: string): Promise<void> {
  await system.rateLimit.deleteMany({ where: { key } });
}

/** How long a count is kept after its last attempt, or after its window began, in milliseconds: the longest window is a quarter of an hour. */
const KEPT_MS = 24 * 60 * 60_000;

/**
 * Deletes counts of attempts that are long over, in the order in which they began. better-auth, which counts in the same table, sweeps it
 * only where one address signs out again later: each e-mail address that a stranger has guessed at would stay for good. @returns how many
 */
export function pruneAttempts(now: Date): Promise<number> {
  const before = BigInt(now.getTime() - KEPT_MS);
  return someAtATime(
    (most) => system.$executeRaw`
      DELETE FROM rate_limit WHERE id = ANY(ARRAY(
        SELECT id FROM rate_limit WHERE last_request < ${before} ORDER BY id LIMIT ${most}))`,
  );
}
