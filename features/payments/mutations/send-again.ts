import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { enqueueAgain } from "@/features/messages/mutations/enqueue";
import { lockPayment } from "@/features/payments/lock";
import { transact } from "@/lib/db";
import type { PaymentSide } from "@/lib/generated/prisma/enums";

export type SendAgainOutcome = "queued" | "not-found" | "nothing-to-send";

/** Statuses in which the other side's word on our last message is still out, by side. */
const OPEN = { OUTGOING: "SENDING", INCOMING: "CONFIRMING" } as const;

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
    const payment = await lockPayment(tx, scope, side, objectId);
    if (!payment) return "not-found";
    if (payment.status !== OPEN[side]) return "nothing-to-send";
    const message = await tx.message.findFirst({
      where: {
        businessId: scope.businessId,
        direction: "OUT",
        operation: side === "OUTGOING" ? "REQ_PAY" : "REQ_PAY_CONFIRMATION",
        objectId,
      },
      orderBy: { revision: "desc" },
      select: { id: true, state: true },
    });
    if (!message || message.state === "REFUSED") return "nothing-to-send";
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
