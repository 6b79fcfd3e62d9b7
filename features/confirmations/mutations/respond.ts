import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { differenceFrom } from "@/features/confirmations/mutations/receive";
import { saysTheSame } from "@/features/confirmations/wire";
import { settleSent } from "@/features/messages/mutations/settle";
import { lockPayment, movePayment } from "@/features/payments/lock";
import { type Refusal, refuse } from "@/features/protocol/errors";
import type { RespPayConfirmationMessage } from "@/features/protocol/messages";
import { books, type Tx } from "@/lib/db";

const sentConfirmation = { direction: "OUT", operation: "REQ_PAY_CONFIRMATION", side: "SUPPLIER" } as const;

/**
 * Which of the supplier's answers to a payment an outcome belongs to: by the `reqMsgId` of the network's ack; failing that (the outcome
 * overtook the ack, or the ack was lost) the latest one that says the same, one without an ack first; or else the latest without, and
 * the latest of all. Read before the message is taken, since it is part of its idempotency key.
 */
export async function answeredRevision(scope: BusinessScope, message: RespPayConfirmationMessage): Promise<number> {
  const sent = await books(scope).message.findMany({
    where: { ...sentConfirmation, businessId: scope.businessId, objectId: message.confirmation.objectId },
    select: { revision: true, reqMsgId: true, body: true },
    orderBy: { revision: "desc" },
  });
  const byId = sent.find((candidate) => candidate.reqMsgId === message.resp.reqMsgId);
  const { supplierResponse: response, supplierRemarks: remarks } = message.confirmation;
  const unacked = sent.filter((candidate) => candidate.reqMsgId === null);
  const saying = ({ body }: { body: string }) => saysTheSame(JSON.parse(body), { response, remarks });
  return (byId ?? unacked.find(saying) ?? sent.find(saying) ?? unacked[0] ?? sent[0])?.revision ?? 0;
}

/**
 * The outcome of an answer that this supplier sent (seed 001). SUCCESS: the buyer's side has it, and the books move. FAILURE: it was
 * not taken, and the payment waits for an answer again, with the reason shown. Never undoes an answer that has arrived.
 */
export async function receiveConfirmationOutcome(
  tx: Tx,
  scope: BusinessScope,
  message: RespPayConfirmationMessage,
  revision: number,
  now: Date,
): Promise<Refusal | null> {
  const { resp, buyerB2BId, confirmation } = message;
  const { objectId } = confirmation;
  const payment = await lockPayment(tx, scope, "INCOMING", objectId);
  if (!payment) return refuse("PAYMENT_NOT_FOUND", "paymentConfirmation.objectId");
  if (payment.counterpartyB2BId !== buyerB2BId) return refuse("PAYMENT_MISMATCH", "b2bIds.buyerB2BId");
  const refusal = differenceFrom(payment, confirmation);
  if (refusal) return refusal;
  const latest = await tx.message.count({ where: { ...sentConfirmation, businessId: scope.businessId, objectId } });
  if (latest === 0) return refuse("NOT_AWAITING", "paymentConfirmation.objectId");

  const isCurrent = payment.status === "CONFIRMING" && revision === latest - 1;
  if (isCurrent && resp.result === "SUCCESS") {
    if (payment.supplierResponse !== confirmation.supplierResponse)
      return refuse("PAYMENT_MISMATCH", "paymentConfirmation.supplierResponse");
    const to = payment.supplierResponse === "ACCEPT" ? "ACCEPTED" : "REJECTED";
    await movePayment(tx, scope, payment, { to, action: `payment.${to.toLowerCase()}` }, now);
  } else if (isCurrent) {
    await reopen(tx, scope, payment, { code: resp.errorCd, detail: resp.errorDtl, field: resp.errorField }, now);
  } else {
    await recordAudit(tx, scope, {
      at: now,
      action: "payment.outcome-came-late",
      subjectKind: "payment",
      subjectId: objectId,
      after: { status: payment.status, result: resp.result, errorCd: resp.errorCd },
    });
  }
  await settleSent(tx, scope, { operation: "REQ_PAY_CONFIRMATION", objectId, revision, reqMsgId: resp.reqMsgId }, now);
  return null;
}

/** An answer that was not taken: the payment waits for one again, and says why. */
export async function reopen(
  tx: Tx,
  scope: BusinessScope,
  payment: Parameters<typeof movePayment>[2],
  reason: { code?: string | null; detail?: string | null; field?: string | null },
  now: Date,
): Promise<void> {
  const data = {
    supplierResponse: null,
    supplierRemarks: null,
    respondedBy: null,
    respondedAt: null,
    failureCode: reason.code || "INTERNAL",
    failureDetail: reason.detail || "The other side did not take the answer and gave no reason.",
    failureField: reason.field ?? "",
  };
  await movePayment(tx, scope, payment, { to: "AWAITING_CONFIRMATION", data, action: "payment.answer-refused" }, now);
}
