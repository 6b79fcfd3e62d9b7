import "server-only";
import { system } from "@/lib/db";

/** How long a session that ran out is kept, in milliseconds: a clock that is off by less ends nobody's early. */
const KEPT_MS = 24 * 60 * 60_000;

/**
 * Deletes sessions that ran out, with the addresses that they came from. Only signing out, or a later request, deletes one otherwise: each
 * time that somebody just closes their browser, its session would stay for good.
 */
export async function pruneSessions(now: Date): Promise<void> {
  await system.session.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - KEPT_MS) } } });
}
