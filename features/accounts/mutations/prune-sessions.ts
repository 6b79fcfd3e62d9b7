import "server-only";
import { system } from "@/lib/db";
import { someAtATime } from "@/lib/some-at-a-time";

/** How long a session that ran out is kept, in milliseconds: a clock that is off by less ends nobody's early. */
const KEPT_MS = 24 * 60 * 60_000;

/**
 * Deletes sessions that ran out, with the addresses that they came from. Only signing out, or a later request, deletes one otherwise: each
 * time that somebody just closes their browser, its session would stay for good. They are gone through in the order in which they began,
 * so that the ones that ran out come first. @returns how many
 */
export function pruneSessions(now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  return someAtATime(
    (most) => system.$executeRaw`
      DELETE FROM session WHERE id = ANY(ARRAY(
        SELECT id FROM session WHERE expires_at < ${before}::timestamptz ORDER BY id LIMIT ${most}))`,
  );
}
