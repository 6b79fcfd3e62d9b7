import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import {
  afterFailure,
  confirmationIn,
  endPayment,
  HEARD_OUTCOME,
  outcomeIn,
  reopen,
  SENT_CONFIRMATION,
} from "@/features/confirmations/mutations/end";
import { differenceFrom } from "@/features/confirmations/mutations/receive";
import { saysTheSame } from "@/features/confirmations/wire";
import { settleSent } from "@/features/messages/mutations/settle";
import { lockPayment } from "@/features/payments/lock";
import { type Refusal, refuse } from "@/features/protocol/errors";
import type { RespPayConfirmationMessage } from "@/features/protocol/messages";
import { books, type Tx } from "@/lib/db";

/**
 * Which of the supplier's answers to a payment an outcome belongs to. One that was taken before, word for word, belongs where it was
 * taken. Else by the `reqMsgId` of the network's ack: a network that knows a content again acks several answers with one, and then
 * the latest is meant whose outcome is still out. Failing that (the outcome overtook the ack, or the ack was lost) the latest one that
 * says the same, one without an ack first; or else the latest without, and the latest of all. A SUCCESS of an answer whose FAILURE was
 * told before has a place beside that (`afterFailure`). Read before the message is taken, since it is part of its idempotency key.
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
 * The outcome of an answer that this supplier sent (seed 001). SUCCESS: the buyer's side has it, and the books move; so it is whatever
 * was heard of other attempts and given as an answer since. FAILURE of the latest answer: it was not taken, and the payment waits for
 * one again, with the reason shown. Never undoes an answer that has arrived.
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
  // Whoever couldn't make sense of an answer gives it back as they have it. Refused, it would be on its way for ever.
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
