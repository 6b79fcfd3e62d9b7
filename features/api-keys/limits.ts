import "server-only";
import { createHash } from "node:crypto";
import { bearerToken } from "@/features/protocol/bearer";
import { TokenBuckets } from "@/lib/token-buckets";

// What is let through in one process, over both APIs together; why so, and why not the network's own calls: docs/decisions/020.

/** Far more than a business pays; a program that runs in circles is slowed down to it. */
const perApiKey = new TokenBuckets({ perSecond: 50, burst: 100 });

/** Calls from one address whose credential did not hold. */
const perStranger = new TokenBuckets({ perSecond: 5, burst: 100 });

/**
 * Whether a call with an API key comes too fast, asked before its key is looked up, so that the database is spared: the key's own
 * limit, and the address's when it has tried many keys that are none.
 * @param address where the call came from; null when that isn't known
 * @returns the seconds to wait, or null
 */
export function waitForApiKey(
  authorization: string | null | undefined,
  address: string | null,
  now: Date,
): number | null {
  const token = bearerToken(authorization);
  if (!token?.startsWith("chk_")) return null;
  const guesses = address === null ? null : perStranger.wait(address, now);
  // A key is kept in no memory longer than its call.
  return guesses ?? perApiKey.take(createHash("sha256").update(token).digest("base64"), now);
}

/** Counts a call whose credential did not hold. @returns the seconds to wait when its address made too many, or null */
export function waitForStranger(address: string | null, now: Date): number | null {
  return address === null ? null : perStranger.take(address, now);
}
