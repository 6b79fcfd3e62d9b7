import "server-only";
import { z } from "zod";
import { LEASE_MS } from "@/features/messages/rules";
import { MessageOperation } from "@/lib/generated/prisma/enums";
import { runFresh } from "@/lib/pool";

const claimed = z.object({
  businessId: z.uuid(),
  id: z.uuid(),
  operation: z.enum(MessageOperation),
  objectId: z.string(),
  body: z.string(),
  /** The request that this message came of, as the logs know it. */
  requestId: z.string().nullable(),
  attempts: z.number(),
  /** Attempts of earlier rounds: a person sent it again after those had run out. */
  earlier: z.number(),
});

/** A message that is ours for one attempt, until its lease runs out. */
export type Claimed = z.infer<typeof claimed>;

// By revision and not by time: the clocks of two portals may disagree about which of a payment's messages came first.
const CLAIM = `
  WITH due AS (
    SELECT business_id, id FROM message
     WHERE state = 'QUEUED' AND next_attempt_at <= $1 AND ($4::uuid IS NULL OR (business_id = $4 AND id = $5))
       AND NOT EXISTS (SELECT 1 FROM message earlier
                        WHERE earlier.business_id = message.business_id AND earlier.direction = 'OUT'
                          AND earlier.operation = message.operation AND earlier.side = message.side
                          AND earlier.object_id = message.object_id AND earlier.revision < message.revision
                          AND earlier.state = 'QUEUED')
     ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED
  )
  UPDATE message SET attempts = attempts + 1, next_attempt_at = $2
    FROM due WHERE message.business_id = due.business_id AND message.id = due.id
  RETURNING message.business_id AS "businessId", message.id, operation, object_id AS "objectId", body, request_id AS "requestId",
            attempts, attempts_before AS "earlier"`;

/**
 * Takes messages that are due for one attempt each, the longest due first: the lease in `next_attempt_at` keeps every other worker
 * off until it runs out. Of a payment's messages only the earliest that is queued. Across all businesses, since it is the worker's.
 * @param only takes this one message or none
 */
export async function claimMessages(
  now: Date,
  limit: number,
  only?: { businessId: string; messageId: string },
): Promise<Claimed[]> {
  const lease = new Date(now.getTime() + LEASE_MS);
  const values = [now, lease, limit, only?.businessId ?? null, only?.messageId ?? null];
  return z.array(claimed).parse(await runFresh(CLAIM, values));
}
