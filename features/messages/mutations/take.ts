import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { type Refusal, refuse } from "@/features/protocol/errors";
import type { WireReply } from "@/features/protocol/reply";
import { type Tx, transactUnless } from "@/lib/db";
import type { MessageOperation, MessageSide } from "@/lib/generated/prisma/enums";
import { mintReqMsgId, uuidv7 } from "@/lib/ids";

/** What is kept of a message besides what its fields say. */
export interface MessageRecord {
  /** The very bytes that came in; UTF-8. */
  body: Uint8Array;
  contentHash: string;
  requestId: string;
}

export interface IncomingMessage extends MessageRecord {
  operation: MessageOperation;
  side: MessageSide;
  /** The payment it is about. */
  objectId: string;
  /** 0, or for the outcome of a confirmation the revision of the confirmation that it answers. */
  revision: number;
}

export type Taken = { kind: "taken"; status: number; body: string } | { kind: "refused"; refusal: Refusal };

/**
 * Takes a message exactly once (protocol.md). Its row is inserted first: of any number of equal messages at the same time one goes
 * on and the others wait here for its end. Then they get its first reply, byte for byte; other content under the same id gets
 * DUPLICATE_CONFLICT. A refusal rolls everything back, the row too, so that the message is judged afresh when it comes again.
 */
export function takeMessage(
  scope: BusinessScope,
  message: IncomingMessage,
  now: Date,
  apply: (tx: Tx, reqMsgId: string) => Promise<{ reply: WireReply } | { refusal: Refusal }>,
): Promise<Taken> {
  return transactUnless<Taken>(
    scope,
    (taken) => taken.kind === "refused",
    async (tx) => {
      const id = uuidv7();
      const reqMsgId = mintReqMsgId();
      const { count } = await tx.message.createMany({
        data: [
          {
            ...{ ...message, body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(message.body) },
            ...{ businessId: scope.businessId, id, reqMsgId, direction: "IN", state: "TAKEN", createdAt: now },
          },
        ],
        skipDuplicates: true,
      });
      if (count === 0) return firstReply(tx, scope, message);

      const outcome = await apply(tx, reqMsgId);
      if ("refusal" in outcome) return { kind: "refused", refusal: outcome.refusal };
      const { status } = outcome.reply;
      const body = JSON.stringify(outcome.reply.body);
      await tx.message.update({
        where: { businessId_id: { businessId: scope.businessId, id } },
        data: { replyStatus: status, replyBody: body, settledAt: now },
        select: { id: true },
      });
      return { kind: "taken", status, body };
    },
  );
}

async function firstReply(tx: Tx, scope: BusinessScope, message: IncomingMessage): Promise<Taken> {
  const { operation, side, objectId, revision, contentHash } = message;
  const first = await tx.message.findUniqueOrThrow({
    where: {
      businessId_direction_operation_side_objectId_revision: {
        businessId: scope.businessId,
        direction: "IN",
        operation,
        side,
        objectId,
        revision,
      },
    },
    select: { contentHash: true, replyStatus: true, replyBody: true },
  });
  if (first.contentHash !== contentHash || first.replyStatus === null || first.replyBody === null)
    return { kind: "refused", refusal: refuse("DUPLICATE_CONFLICT", objectIdField(operation)) };
  return { kind: "taken", status: first.replyStatus, body: first.replyBody };
}

function objectIdField(operation: MessageOperation): string {
  return operation.endsWith("CONFIRMATION") ? "paymentConfirmation.objectId" : "payment.objectId";
}
