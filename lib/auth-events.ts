import "server-only";
import { CLIENT_HEADER } from "@/lib/http/client-address";
import { logger } from "@/lib/logger";

/** What came of something that people do with their credentials. */
export type Outcome = "ok" | "second step asked" | "refused" | "throttled";

interface Who {
  /** The account, when it is known. */
  userId?: string | undefined;
  /** What was typed as an e-mail address, as its digest: it may be a password typed into the wrong field. */
  account?: string | undefined;
  /** The request's headers, with the caller's address in CLIENT_HEADER. */
  headers?: Headers | undefined;
}

/** A line in the log for everything that happens at the door: what, who, from where, and what came of it. Never a credential. */
export function logAuthEvent(event: string, outcome: Outcome, { userId, account, headers }: Who): void {
  const level = outcome === "throttled" ? "warn" : "info";
  const address = headers?.get(CLIENT_HEADER) ?? undefined;
  const accountHint = account?.slice(0, 16);
  logger[level]({ event: `auth${event}`, outcome, userId, account: accountHint, address }, `${event}: ${outcome}`);
}
