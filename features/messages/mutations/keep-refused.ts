import "server-only";
import type { Refusal } from "@/features/protocol/errors";
import { peekIds } from "@/features/protocol/peek";
import type { Operation } from "@/features/protocol/schema";
import { storableText } from "@/features/protocol/storable-text";
import { system } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import { logger } from "@/lib/logger";
import { someAtATime } from "@/lib/some-at-a-time";
import { TokenBuckets } from "@/lib/token-buckets";

/** A byte that is not UTF-8 becomes three, and the table takes 64 KB. */
const KEPT_BYTES = 21 * 1024;

/** Refused messages are kept for this long, in milliseconds: 90 days. */
const KEPT_MS = 90 * 24 * 60 * 60_000;

/**
 * Of each business 500 at once, then one a second: otherwise software that runs in circles, by mistake or on purpose, would fill everybody's
 * disk by a megabyte a second. Of what the network sends, all is kept.
 */
const perBusiness = new TokenBuckets({ perSecond: 1, burst: 500 });

/**
 * Keeps a message that was refused, cut to size, so that an operator can see what came and why it was refused (docs/protocol.md). Only
 * for callers that are known. Never in the way of the reply: what isn't kept the log says.
 */
export async function keepRefused(
  refused: {
    operation: Operation;
    /** Who sent it, for people: "network", or "business " and its B2B ID. */
    caller: string;
    json: unknown;
    body: Uint8Array;
    refusal: Refusal;
    status: number;
  },
  now: Date,
): Promise<void> {
  const { operation, caller, json, body, refusal, status } = refused;
  if (caller !== "network" && perBusiness.take(caller, now) !== null) {
    logger.warn({ operation, caller, code: refusal.code }, "a business's messages are refused too fast to be kept");
    return;
  }
  try {
    await system.refusedMessage.createMany({
      data: [
        {
          id: uuidv7(),
          receivedAt: now,
          operation,
          caller,
          ...peekIds(json),
          status,
          errorCd: refusal.code,
          errorDtl: refusal.detail.slice(0, 1000),
          errorField: refusal.field.slice(0, 500),
          body: storableText(body, KEPT_BYTES),
        },
      ],
    });
  } catch (err) {
    logger.error({ err, operation, code: refusal.code }, "a refused message could not be kept");
  }
}

/** Lets go of refused messages that are old enough. @returns how many */
export function pruneRefused(now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  return someAtATime(
    (most) => system.$executeRaw`
      DELETE FROM refused_message WHERE id = ANY(ARRAY(
        SELECT id FROM refused_message WHERE received_at < ${before}::timestamptz ORDER BY received_at LIMIT ${most}))`,
  );
}
