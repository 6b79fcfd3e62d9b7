import "server-only";
import { createHash } from "node:crypto";
import { bearerToken } from "@/features/protocol/bearer";
import { networkOf } from "@/lib/http/client-address";
import { TokenBuckets } from "@/lib/token-buckets";

// What is let through in one process, over both APIs together; why so, and why not the network's own calls: docs/decisions/020.

/** Far more than a business pays; a program that runs in circles is slowed down to it. */
const perApiKey = new TokenBuckets({ perSecond: 50, burst: 100 });

/** Calls whose credential did not hold, from one address: of IPv6 the network, since whoever has one address of it has them all. */
const perStranger = new TokenBuckets({ perSecond: 5, burst: 100 });

/**
 * Whether a call with an API key comes too fast, asked before its key is looked up, so that the database is spared: the key's own
 * limit, and the address's when it has tried many keys that are none.
 * @param from where the call came from, null when that isn't known; read of a call with an API key alone, since it takes a while to know
 * @returns the seconds to wait, or null
 */
export function waitForApiKey(
  authorization: string | null | undefined,
  from: { readonly address: string | null },
  now: Date,
): number | null {
  const token = bearerToken(authorization);
  if (!token?.startsWith("chk_")) return null;
  const { address } = from;
  const guesses = address === null ? null : perStranger.wait(networkOf(address), now);
  // A key is kept in no memory longer than its call.
  return guesses ?? perApiKey.take(createHash("sha256").update(token).digest("base64"), now);
}

/** Counts a call whose credential did not hold. @returns the seconds to wait when its address made too many, or null */
export function waitForStranger(address: string | null, now: Date): number | null {
  return address === null ? null : perStranger.take(networkOf(address), now);
}
