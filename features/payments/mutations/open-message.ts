import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { type LockedPayment, lockPayment } from "@/features/payments/lock";
import type { Tx } from "@/lib/db";
import type { MessageState, PaymentSide } from "@/lib/generated/prisma/enums";

/** Statuses in which the other side's word on our last message is still out, by side. */
const OPEN = { OUTGOING: "SENDING", INCOMING: "CONFIRMING" } as const;

export interface OpenMessage {
  payment: LockedPayment;
  /** When the payment was made (or approved), or answered: what the message tells of. */
  since: Date;
  /** Our last message about it; what changes its state holds the payment's lock too, or finds it queued. */
  message: { id: string; state: MessageState; lastError: string | null };
}

/** Locks a payment on which the other side's word is still out, with our last message about it; "settled" when that is in. */
export async function lockOpenMessage(
  tx: Tx,
  scope: BusinessScope,
  side: PaymentSide,
  objectId: string,
): Promise<OpenMessage | "not-found" | "settled"> {
  const payment = await lockPayment(tx, scope, side, objectId);
  if (!payment) return "not-found";
  if (payment.status !== OPEN[side]) return "settled";
  const message = await tx.message.findFirst({
    where: {
      businessId: scope.businessId,
      direction: "OUT",
      operation: side === "OUTGOING" ? "REQ_PAY" : "REQ_PAY_CONFIRMATION",
      objectId,
    },
    orderBy: { revision: "desc" },
    select: { id: true, state: true, lastError: true },
  });
  return message
    ? { payment, since: payment.respondedAt ?? payment.approvedAt ?? payment.createdAt, message }
    : "settled";
}
