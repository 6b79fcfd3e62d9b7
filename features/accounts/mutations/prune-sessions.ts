import "server-only";
import { system } from "@/lib/db";

/** How long a session that ran out is kept, in milliseconds: a clock that is off by less ends nobody's early. */
const KEPT_MS = 24 * 60 * 60_000;

/** The most that one statement lets go of: where no worker ran for months, all of theirs are due at once. */
const PRUNED_AT_ONCE = 1_000;

/**
 * Deletes sessions that ran out, with the addresses that they came from, some at a time. Only signing out, or a later request, deletes one
 * otherwise: each time that somebody just closes their browser, its session would stay for good. They are gone through in the order in
 * which they began, so that the ones that ran out come first. @returns how many
 */
export async function pruneSessions(now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  let pruned = 0;
  for (;;) {
    const count = await system.$executeRaw`
      DELETE FROM session WHERE id = ANY(ARRAY(
        SELECT id FROM session WHERE expires_at < ${before}::timestamptz ORDER BY id LIMIT ${PRUNED_AT_ONCE}))`;
    pruned += count;
    if (count < PRUNED_AT_ONCE) return pruned;
  }
}
