import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { contentHash } from "@/features/protocol/content-hash";
import type { Tx } from "@/lib/db";
import type { MessageOperation, MessageSide } from "@/lib/generated/prisma/enums";
import { uuidv7 } from "@/lib/ids";
import { addJob } from "@/lib/jobs";

export interface OutgoingMessage {
  operation: Extract<MessageOperation, "REQ_PAY" | "REQ_PAY_CONFIRMATION">;
  side: MessageSide;
  /** The payment it is about. */
  objectId: string;
  /** 0, or one more than the refused message that this one follows. */
  revision: number;
  content: unknown;
}

/** Puts an outgoing message and its first delivery job into the transaction of the state change that it tells of. */
export async function enqueueMessage(
  tx: Tx,
  scope: BusinessScope,
  { content, ...message }: OutgoingMessage,
  now: Date,
): Promise<{ id: string }> {
  const id = uuidv7();
  await tx.message.createMany({
    data: [
      {
        ...message,
        businessId: scope.businessId,
        id,
        direction: "OUT",
        body: JSON.stringify(content),
        contentHash: contentHash(content),
        state: "QUEUED",
        nextAttemptAt: now,
        createdAt: now,
      },
    ],
  });
  await queueDelivery(tx, { businessId: scope.businessId, messageId: id }, now);
  return { id };
}

/** One job for the next attempt at a message; asked for twice, there is still one. */
export function queueDelivery(tx: Tx, key: { businessId: string; messageId: string }, runAt: Date): Promise<void> {
  return addJob(tx, "deliver", key, { jobKey: `deliver:${key.messageId}`, runAt });
}
