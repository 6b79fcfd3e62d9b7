import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { settleSent } from "@/features/messages/mutations/settle";
import { type LockedPayment, lockPayment, movePayment, NO_FAILURE } from "@/features/payments/lock";
import { wasTold } from "@/features/payments/rules";
import { type Refusal, refuse } from "@/features/protocol/errors";
import type { RespPayMessage } from "@/features/protocol/messages";
import type { Tx } from "@/lib/db";

/**
 * The outcome of a req-pay that this buyer sent (seed 002). SUCCESS: the supplier's platform has it. FAILURE: it never took it, and
 * what the payment claimed is due again. A payment that was answered meanwhile stays as it is: messages overtake each other,
 * and a late FAILURE never undoes an ACCEPT (docs/protocol.md).
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
  if (!payment || !wasTold(payment)) return refuse("PAYMENT_NOT_FOUND", "payment.objectId");
  if (payment.counterpartyB2BId !== supplierB2BId) return refuse("PAYMENT_MISMATCH", "b2bIds.supplierB2BId");
  const refusal = await mismatch(tx, scope, message, Number(payment.total));
  if (refusal) return refusal;

  const moved =
    resp.result === "SUCCESS" ? await deliver(tx, scope, payment, now) : await fail(tx, scope, payment, resp, now);
  if (!moved)
    await recordAudit(tx, scope, {
      at: now,
      action: "payment.outcome-came-late",
      subjectKind: "payment",
      subjectId: objectId,
      after: { status: payment.status, result: resp.result, errorCd: resp.errorCd },
    });
  await settleSent(tx, scope, { operation: "REQ_PAY", objectId, revision: 0, reqMsgId: resp.reqMsgId }, now);
  return null;
}

/**
 * The supplier's platform has the payment. So it has when an attempt of ours was refused meanwhile, which had ended it: an earlier one
 * arrived, and its reply was lost. What it claims of its bills is claimed again, as far as they can still take it.
 * @returns whether the payment has moved
 */
async function deliver(tx: Tx, scope: BusinessScope, payment: LockedPayment, now: Date): Promise<boolean> {
  const move = { to: "AWAITING_CONFIRMATION", action: "payment.delivered" } as const;
  if (payment.status === "SENDING") return (await movePayment(tx, scope, payment, move, now)) === null;
  if (payment.status !== "FAILED") return false;
  return (await movePayment(tx, scope, payment, { ...move, data: NO_FAILURE }, now)) === null;
}

/** The supplier's platform never took it. @returns whether the payment has moved */
async function fail(
  tx: Tx,
  scope: BusinessScope,
  payment: LockedPayment,
  { errorCd, errorDtl, errorField }: RespPayMessage["resp"],
  now: Date,
): Promise<boolean> {
  if (payment.status !== "SENDING") return false;
  const data = { failureCode: errorCd, failureDetail: errorDtl, failureField: errorField };
  await movePayment(tx, scope, payment, { to: "FAILED", data, action: "payment.failed" }, now);
  return true;
}

/** Why an outcome speaks of another payment than the one it names; null where it doesn't. */
async function mismatch(tx: Tx, scope: BusinessScope, message: RespPayMessage, total: number): Promise<Refusal | null> {
  const { reqMsgId } = message.resp;
  const other =
    reqMsgId !== "" &&
    (await tx.message.findFirst({
      where: { businessId: scope.businessId, reqMsgId, direction: "OUT", objectId: { not: message.payment.objectId } },
      select: { id: true },
    }));
  if (other) return refuse("PAYMENT_MISMATCH", "resp.reqMsgId", "The reqMsgId is that of another payment.");
  return message.resp.result === "SUCCESS" && message.payment.total !== total
    ? refuse("PAYMENT_MISMATCH", "payment.paymentAmount.totalAmount")
    : null;
}
