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
  /** From the network's ack of an earlier attempt: it has this message already, and a person sent it again. */
  reqMsgId: z.string().nullable(),
  /** Above 0: an answer that follows others about the same payment. */
  revision: z.number(),
  /** The `reqMsgId`s by which the network has acked those. */
  earlierAcks: z.array(z.string()),
  body: z.string(),
  /** The request that this message came of, as the logs know it. */
  requestId: z.string().nullable(),
  attempts: z.number(),
  /** Attempts of earlier rounds: a person sent it again after those had run out. */
  earlier: z.number(),
  createdAt: z.date(),
});

/** A message that is ours for one attempt, until its lease runs out. */
export type Claimed = z.infer<typeof claimed>;

// Not waiting for the disk: a claim that a crash of the database forgets is made again, which the network knows by its webhook-id.
const CLAIM = `
  SELECT business_id AS "businessId", id, operation, object_id AS "objectId", req_msg_id AS "reqMsgId", revision, body, request_id AS "requestId",
         attempts, attempts_before AS "earlier", created_at AS "createdAt",
         CASE revision WHEN 0 THEN '{}' ELSE ARRAY(
           SELECT before.req_msg_id FROM public.message before
            WHERE before.business_id = claimed.business_id AND before.direction = 'OUT'
              AND before.operation = claimed.operation AND before.side = claimed.side
              AND before.object_id = claimed.object_id AND before.revision < claimed.revision
              AND before.req_msg_id IS NOT NULL) END AS "earlierAcks"
    FROM claim_messages($1, $2, $3, $4, $5) AS claimed, set_config('synchronous_commit', 'off', true)`;

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
