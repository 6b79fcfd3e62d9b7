import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { type Refusal, refuse } from "@/features/protocol/errors";
import { type WireReply, withoutEcho } from "@/features/protocol/reply";
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

/** As much of a message as is known before it is looked up which of several it is. */
export interface UsualMessage extends MessageRecord {
  /** The payment it is about. */
  objectId: string;
  /** The reply when it is taken, under the `reqMsgId` that it got: always the same of equal messages. */
  reply: (reqMsgId: string) => WireReply;
}

export interface IncomingMessage extends UsualMessage {
  operation: MessageOperation;
  side: MessageSide;
  /** 0, or for the outcome of a confirmation the revision of the confirmation that it answers; below 0: `afterFailure`. */
  revision: number;
}

export type Taken = { kind: "taken"; status: number; body: string } | { kind: "refused"; refusal: Refusal };

/**
 * Takes a message exactly once (docs/protocol.md). Its row is inserted first: of any number of equal messages at the same time one goes
 * on and the others wait here for its end. Then they get its first reply, byte for byte; other content under the same id gets
 * DUPLICATE_CONFLICT. A refusal rolls everything back, the row too, so that the message is judged afresh when it comes again.
 * @param apply what the message changes; returns why it can't, or null
 */
export function takeMessage(
  scope: BusinessScope,
  message: IncomingMessage,
  now: Date,
  apply: (tx: Tx) => Promise<Refusal | null>,
): Promise<Taken> {
  return transactUnless<Taken>(
    scope,
    (taken) => taken.kind === "refused",
    async (tx) => {
      const { reply: replyTo, body, ...fields } = message;
      const reqMsgId = mintReqMsgId();
      const reply = replyTo(reqMsgId);
      const { count } = await tx.message.createMany({
        data: [
          {
            ...fields,
            businessId: scope.businessId,
            id: uuidv7(),
            reqMsgId,
            body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(body),
            direction: "IN",
            state: "TAKEN",
            replyStatus: reply.status,
            replyBody: JSON.stringify(withoutEcho(reply)),
            createdAt: now,
            settledAt: now,
          },
        ],
        skipDuplicates: true,
      });
      if (count === 0) return firstReply(tx, scope, message);

      const refusal = await apply(tx);
      return refusal ? { kind: "refused", refusal } : taken(reply);
    },
  );
}

const taken = ({ status, body }: WireReply): Taken => ({ kind: "taken", status, body: JSON.stringify(body) });

async function firstReply(tx: Tx, scope: BusinessScope, message: IncomingMessage): Promise<Taken> {
  const { operation, side, objectId, revision, contentHash, reply } = message;
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
    select: { contentHash: true, reqMsgId: true },
  });
  if (first.contentHash !== contentHash || first.reqMsgId === null)
    return { kind: "refused", refusal: refuse("DUPLICATE_CONFLICT", objectIdField(operation)) };
  return taken(reply(first.reqMsgId));
}

function objectIdField(operation: MessageOperation): string {
  return operation.endsWith("CONFIRMATION") ? "paymentConfirmation.objectId" : "payment.objectId";
}
