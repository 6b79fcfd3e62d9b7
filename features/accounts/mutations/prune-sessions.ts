import "server-only";
import { system } from "@/lib/db";

/** For so long, in milliseconds, a session that ran out is kept: whoever's clock is off by less ends nobody's early. */
const KEPT_MS = 24 * 60 * 60_000;

/**
 * Lets go of sessions that ran out, with the addresses that they came from. Only those that are signed out of, or used again, are gone
 * by themselves: each day that somebody closes their browser would leave one for good.
 */
export async function pruneSessions(now: Date): Promise<void> {
  await system.session.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - KEPT_MS) } } });
}
