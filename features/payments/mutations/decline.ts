import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { lockPayment, movePayment } from "@/features/payments/lock";
import { DECLINED, WITHDRAWN } from "@/features/payments/rules";
import { transact } from "@/lib/db";

export type DeclineOutcome = "declined" | "not-found" | "not-waiting" | "no-remarks" | "not-by-software";

/**
 * Ends a payment that waits for approval: a second person says no, with remarks, or who made it takes it back. Its supplier never hears of
 * it, and what it claimed is due again. Software may take back what it made itself, and say no to nothing else.
 */
export function declinePayment(
  scope: BusinessScope,
  objectId: string,
  { remarks }: { remarks: string },
  now: Date,
): Promise<DeclineOutcome> {
  return transact(scope, async (tx) => {
    const payment = await lockPayment(tx, scope, "OUTGOING", objectId);
    if (!payment) return "not-found";
    if (payment.status !== "AWAITING_APPROVAL") return "not-waiting";
    const isOwn = payment.makerId === scope.actor.id;
    if (!isOwn && scope.actor.kind !== "USER") return "not-by-software";
    if (!isOwn && remarks === "") return "no-remarks";
    const data = { failureCode: isOwn ? WITHDRAWN : DECLINED, failureDetail: remarks, failureField: "" };
    const action = isOwn ? "payment.withdrawn" : "payment.declined";
    await movePayment(tx, scope, payment, { to: "FAILED", data, action }, now);
    return "declined";
  });
}
