import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { settleSent } from "@/features/messages/mutations/settle";
import { lockPayment, movePayment } from "@/features/payments/lock";
import { type Refusal, refuse } from "@/features/protocol/errors";
import type { RespPayMessage } from "@/features/protocol/messages";
import type { Tx } from "@/lib/db";

/**
 * The outcome of a req-pay that this buyer sent (seed 002). SUCCESS: the supplier's platform has it. FAILURE: it never took it, and
 * what the payment claimed is due again. A payment that was answered meanwhile stays as it is: messages overtake each other,
 * and a late FAILURE never undoes an ACCEPT (protocol.md).
 */
export async function receivePaymentOutcome(
  tx: Tx,
  scope: BusinessScope,
  message: RespPayMessage,
  now: Date,
): Promise<Refusal | null> {
  const { resp, supplierB2BId } = message;
  const { objectId } = message.payment;
  const payment = await lockPayment(tx, scope, "OUTGOING", objectId);
  if (!payment) return refuse("PAYMENT_NOT_FOUND", "payment.objectId");
  if (payment.counterpartyB2BId !== supplierB2BId) return refuse("PAYMENT_MISMATCH", "b2bIds.supplierB2BId");
  const field = await mismatch(tx, scope, message, Number(payment.total));
  if (field) return refuse("PAYMENT_MISMATCH", field);

  if (payment.status === "SENDING" && resp.result === "SUCCESS") {
    await movePayment(tx, scope, payment, { to: "AWAITING_CONFIRMATION", action: "payment.delivered" }, now);
  } else if (payment.status === "SENDING") {
    const data = { failureCode: resp.errorCd, failureDetail: resp.errorDtl, failureField: resp.errorField };
    await movePayment(tx, scope, payment, { to: "FAILED", data, action: "payment.failed" }, now);
  } else {
    await recordAudit(tx, scope, {
      at: now,
      action: "payment.outcome-came-late",
      subjectKind: "payment",
      subjectId: objectId,
      after: { status: payment.status, result: resp.result, errorCd: resp.errorCd },
    });
  }
  await settleSent(tx, scope, { operation: "REQ_PAY", objectId, revision: 0, reqMsgId: resp.reqMsgId }, now);
  return null;
}

/** The field in which an outcome speaks of another payment than the one it names, or null. */
async function mismatch(tx: Tx, scope: BusinessScope, message: RespPayMessage, total: number): Promise<string | null> {
  const other = await tx.message.findFirst({
    where: {
      businessId: scope.businessId,
      reqMsgId: message.resp.reqMsgId,
      direction: "OUT",
      objectId: { not: message.payment.objectId },
    },
    select: { id: true },
  });
  if (other) return "resp.reqMsgId";
  return message.resp.result === "SUCCESS" && message.payment.total !== total
    ? "payment.paymentAmount.totalAmount"
    : null;
}
