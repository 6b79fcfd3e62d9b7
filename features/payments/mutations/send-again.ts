import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { enqueueAgain } from "@/features/messages/mutations/enqueue";
import { lockOpenMessage } from "@/features/payments/mutations/open-message";
import { transact } from "@/lib/db";
import type { PaymentSide } from "@/lib/generated/prisma/enums";

export type SendAgainOutcome = "queued" | "not-found" | "nothing-to-send";

/**
 * Sends a payment's last message again, the same text under the same `webhook-id`: after the attempts ran out, after the network
 * refused the call, or when an ack came but never an outcome. Harmless when it had arrived: it is known, and gets its first reply.
 */
export function sendAgain(
  scope: BusinessScope,
  side: PaymentSide,
  objectId: string,
  now: Date,
): Promise<SendAgainOutcome> {
  return transact(scope, async (tx) => {
    const open = await lockOpenMessage(tx, scope, side, objectId);
    if (open === "not-found") return open;
    if (open === "settled" || open.message.state === "REFUSED") return "nothing-to-send";
    const { message } = open;
    await enqueueAgain(tx, scope, message.id, now);
    await recordAudit(tx, scope, {
      at: now,
      action: "payment.sent-again",
      subjectKind: "payment",
      subjectId: objectId,
      before: { message: message.state },
    });
    return "queued";
  });
}
