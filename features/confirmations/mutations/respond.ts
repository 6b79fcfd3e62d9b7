import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import {
  afterFailure,
  endPayment,
  HEARD_OUTCOME,
  reopen,
  SENT_CONFIRMATION,
} from "@/features/confirmations/mutations/end";
import { differenceFrom } from "@/features/confirmations/mutations/receive";
import { confirmationIn, outcomeIn, saysTheSame } from "@/features/confirmations/wire";
import { settleSent } from "@/features/messages/mutations/settle";
import { lockPayment } from "@/features/payments/lock";
import { type Refusal, refuse } from "@/features/protocol/errors";
import type { RespPayConfirmationMessage } from "@/features/protocol/messages";
import { books, type Tx } from "@/lib/db";

/**
 * The revision of the supplier's answer that an outcome belongs to. The rules, in this order:
 *
 * 1. An outcome that was taken before, word for word, belongs where it was taken.
 * 2. The answers that the network acked under its `reqMsgId`. There may be several, since a network that recognises a content acks it
 *    under the first one's: then the latest whose outcome is not known yet; failing that, one without an ack that says the same and whose
 *    outcome is not known; failing that, the latest of those acked.
 * 3. No ack has that `reqMsgId` (the outcome overtook the ack, or the ack was lost): the latest answer that says the same, preferably one
 *    without an ack; else the latest without an ack; else the latest.
 *
 * A SUCCESS of an answer whose FAILURE came before is kept beside that (`afterFailure`). All this is read before the message is taken,
 * since the revision is part of its idempotency key.
 */
export async function answeredRevision(
  scope: BusinessScope,
  message: RespPayConfirmationMessage,
  contentHash: string,
): Promise<number> {
  const about = { businessId: scope.businessId, objectId: message.confirmation.objectId };
  const orderBy = { revision: "desc" } as const;
  const [sent, heard] = await Promise.all([
    books(scope).message.findMany({
      where: { ...SENT_CONFIRMATION, ...about },
      select: { revision: true, reqMsgId: true, body: true },
      orderBy,
    }),
    books(scope).message.findMany({
      where: { ...HEARD_OUTCOME, ...about },
      select: { revision: true, contentHash: true, body: true },
      orderBy,
    }),
  ]);
  const { reqMsgId, result } = message.resp;
  // Without a reqMsgId, equal outcomes of two answers look alike.
  const repeated = reqMsgId !== "" && heard.find((outcome) => outcome.contentHash === contentHash);
  if (repeated) return repeated.revision;
  const { supplierResponse: response, supplierRemarks: remarks } = message.confirmation;
  const named = sent.filter((candidate) => candidate.reqMsgId === reqMsgId);
  const unacked = sent.filter((candidate) => candidate.reqMsgId === null);
  const isOut = ({ revision }: { revision: number }) => !heard.some((outcome) => outcome.revision === revision);
  const saying = (candidate: { body: string }) => saysTheSame(confirmationIn(candidate), { response, remarks });
  const found =
    named.length > 0
      ? (named.find(isOut) ?? unacked.filter(isOut).find(saying) ?? named[0])
      : (unacked.find(saying) ?? sent.find(saying) ?? unacked[0] ?? sent[0]);
  const revision = found?.revision ?? 0;
  const before = heard.find((outcome) => outcome.revision === revision);
  const isSaidAnew = result === "SUCCESS" && before !== undefined && outcomeIn(before).resp.result === "FAILURE";
  return isSaidAnew ? afterFailure(revision) : revision;
}

/**
 * The outcome of an answer that this supplier sent (seed 001). SUCCESS: the buyer's side has that answer, and the books move, even if
 * another answer has been given since. FAILURE of the latest answer: it was not taken, and the payment waits for an answer again, with the
 * reason shown. An answer that has arrived is never undone.
 */
export async function receiveConfirmationOutcome(
  tx: Tx,
  scope: BusinessScope,
  message: RespPayConfirmationMessage,
  place: number,
  now: Date,
): Promise<Refusal | null> {
  const revision = place < 0 ? afterFailure(place) : place;
  const { resp, buyerB2BId, confirmation } = message;
  const { objectId } = confirmation;
  const payment = await lockPayment(tx, scope, "INCOMING", objectId);
  if (!payment) return refuse("PAYMENT_NOT_FOUND", "paymentConfirmation.objectId");
  if (payment.counterpartyB2BId !== buyerB2BId) return refuse("PAYMENT_MISMATCH", "b2bIds.buyerB2BId");
  // Only of a SUCCESS: whoever could not make sense of an answer may echo it wrongly, and if we refused that FAILURE too, the answer would
  // be on its way for ever.
  const refusal = resp.result === "SUCCESS" ? differenceFrom(payment, confirmation) : null;
  if (refusal) return refusal;
  const sent = await tx.message.findMany({
    where: { ...SENT_CONFIRMATION, businessId: scope.businessId, objectId },
    select: { revision: true, body: true },
    orderBy: { revision: "desc" },
  });
  const answer = sent.find((each) => each.revision === revision);
  if (!answer) return refuse("NOT_AWAITING", "paymentConfirmation.objectId");

  const isOpen = payment.status === "AWAITING_CONFIRMATION" || payment.status === "CONFIRMING";
  if (isOpen && resp.result === "SUCCESS") {
    if (confirmationIn(answer).paymentConfirmation.supplierResponse !== confirmation.supplierResponse)
      return refuse("PAYMENT_MISMATCH", "paymentConfirmation.supplierResponse");
    await endPayment(tx, scope, payment, answer, now);
  } else if (payment.status === "CONFIRMING" && answer === sent[0]) {
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
