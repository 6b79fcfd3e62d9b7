import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { contentHash } from "@/features/protocol/content-hash";
import type { Tx } from "@/lib/db";
import type { MessageOperation, MessageSide } from "@/lib/generated/prisma/enums";
import { uuidv7 } from "@/lib/ids";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { currentRequestId } from "@/lib/request-context";

export interface OutgoingMessage {
  operation: Extract<MessageOperation, "REQ_PAY" | "REQ_PAY_CONFIRMATION">;
  side: MessageSide;
  /** The payment it is about. */
  objectId: string;
  /** 0, or one more than the refused message that this one follows. */
  revision: number;
  content: unknown;
}

/**
 * Puts an outgoing message into the transaction of the state change that it tells of. Its row is its place in the queue: at the
 * commit a trigger wakes a worker that sleeps (docs/decisions/023).
 */
export async function enqueueMessage(
  tx: Tx,
  scope: BusinessScope,
  { content, ...message }: OutgoingMessage,
  now: Date,
): Promise<{ id: string }> {
  const id = uuidv7();
  const { operation, side, objectId, revision } = message;
  const body = JSON.stringify(content);
  // Due by the database's clock at the latest, which the workers go by: this portal's may be ahead.
  await tx.$executeRaw`${KEPT_PLAN}
    INSERT INTO message (business_id, id, direction, operation, side, object_id, revision, body, content_hash, state,
                         next_attempt_at, created_at, request_id)
    VALUES (${scope.businessId}::uuid, ${id}::uuid, 'OUT', ${operation}::message_operation, ${side}::message_side, ${objectId},
            ${revision}::int, ${body}, ${contentHash(content)}, 'QUEUED', least(${now}::timestamptz, now()), ${now},
            ${currentRequestId() ?? null})`;
  return { id };
}

/** Has a message sent again, the same text under the same `webhook-id`; its waits between attempts begin anew. */
export async function enqueueAgain(tx: Tx, scope: BusinessScope, messageId: string, now: Date): Promise<void> {
  await tx.$executeRaw`${KEPT_PLAN}
    UPDATE message SET state = 'QUEUED', next_attempt_at = least(${now}::timestamptz, now()), settled_at = NULL,
                       attempts_before = attempts
     WHERE business_id = ${scope.businessId}::uuid AND id = ${messageId}::uuid`;
}
