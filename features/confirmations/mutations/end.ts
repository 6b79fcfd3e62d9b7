import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { answeredAt, confirmationIn, outcomeIn } from "@/features/confirmations/wire";
import { type LockedPayment, movePayment, NO_FAILURE } from "@/features/payments/lock";
import type { ReqPayConfirmation } from "@/features/protocol/schema";
import type { Tx } from "@/lib/db";

/** The confirmations that a supplier sent. */
export const SENT_CONFIRMATION = { direction: "OUT", operation: "REQ_PAY_CONFIRMATION", side: "SUPPLIER" } as const;

/** The outcomes of them that it was told. */
export const HEARD_OUTCOME = { direction: "IN", operation: "RESP_PAY_CONFIRMATION", side: "SUPPLIER" } as const;

/** One of the answers that were sent about a payment: which, and its message's text. */
export interface SentAnswer {
  revision: number;
  body: string;
}

/**
 * The revision under which an outcome is kept when it is a SUCCESS that follows a FAILURE of the same answer: the FAILURE has taken the
 * answer's own revision. It lies below 0, where no answer's is. Applied to such a revision it gives the answer's own again.
 */
export const afterFailure = (revision: number): number => -1 - revision;

/**
 * Ends a payment with an answer that the buyer's side has. The buyer takes one answer and no other after it, so it is this one that
 * counts, also where another has been given since: that one isn't sent any more, and what is heard of it changes nothing
 * (docs/decisions/036).
 */
export async function endPayment(
  tx: Tx,
  scope: BusinessScope,
  payment: LockedPayment,
  sent: SentAnswer,
  now: Date,
): Promise<void> {
  const { supplierResponse, supplierRemarks } = confirmationIn(sent).paymentConfirmation;
  const stands = payment.supplierResponse === supplierResponse && payment.supplierRemarks === supplierRemarks;
  const to = supplierResponse === "ACCEPT" ? "ACCEPTED" : "REJECTED";
  const data = stands ? {} : await answerColumns(tx, payment, confirmationIn(sent));
  await movePayment(tx, scope, payment, { to, data, action: `payment.${to.toLowerCase()}` }, now);
  const { businessId, objectId } = payment;
  await tx.message.updateMany({
    where: {
      ...SENT_CONFIRMATION,
      businessId,
      objectId,
      revision: { not: sent.revision },
      state: { in: ["QUEUED", "STOPPED", "GAVE_UP"] },
    },
    data: {
      state: "REFUSED",
      nextAttemptAt: null,
      settledAt: now,
      lastError: "Not sent any more: the buyer's side has an answer of yours.",
    },
  });
}

/** What a payment's row says of an answer that was sent. Who gave it first, the audit trail alone knows once another has been given. */
async function answerColumns(tx: Tx, { businessId, objectId }: LockedPayment, confirmation: ReqPayConfirmation) {
  const { supplierResponse, supplierRemarks } = confirmation.paymentConfirmation;
  const action = supplierResponse === "ACCEPT" ? "payment.accept-given" : "payment.reject-given";
  const given = await tx.auditEvent.findMany({
    where: { businessId, subjectKind: "payment", subjectId: objectId, action },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { actorName: true, after: true },
  });
  const first = given.find(({ after }) => JSON.parse(after ?? "{}").supplierRemarks === supplierRemarks);
  if (!first) throw new Error(`nobody gave the answer about payment ${objectId} that was sent`);
  return {
    supplierResponse,
    supplierRemarks,
    respondedBy: first.actorName,
    respondedAt: answeredAt(confirmation),
    ...NO_FAILURE,
  };
}

const UNANSWERED = { supplierResponse: null, supplierRemarks: null, respondedBy: null, respondedAt: null } as const;

/** An answer that was not taken: the payment waits for one again, and says why. */
export async function reopen(
  tx: Tx,
  scope: BusinessScope,
  payment: LockedPayment,
  reason: { code?: string | null; detail?: string | null; field?: string | null },
  now: Date,
): Promise<void> {
  const data = {
    ...UNANSWERED,
    failureCode: reason.code || "INTERNAL",
    failureDetail: reason.detail || "The other side did not take the answer and gave no reason.",
    failureField: reason.field ?? "",
  };
  await movePayment(tx, scope, payment, { to: "AWAITING_CONFIRMATION", data, action: "payment.answer-refused" }, now);
}

/** An answer that can't be delivered, and that a person takes back: the payment waits for one again. */
export async function takeBack(tx: Tx, scope: BusinessScope, payment: LockedPayment, now: Date): Promise<void> {
  const action = "payment.answer-taken-back";
  await movePayment(tx, scope, payment, { to: "AWAITING_CONFIRMATION", data: UNANSWERED, action }, now);
}

/**
 * The network has acked an answer under the `reqMsgId` of an earlier one whose outcome it has told already: it knows the content, and
 * may send no outcome again. So the known one counts for this answer too.
 */
export async function endByKnownOutcome(
  tx: Tx,
  scope: BusinessScope,
  payment: LockedPayment,
  { revision, reqMsgId }: { revision: number; reqMsgId: string },
  now: Date,
): Promise<void> {
  if (payment.status !== "CONFIRMING") return;
  const { businessId, objectId } = payment;
  const sent = await tx.message.findMany({
    where: { ...SENT_CONFIRMATION, businessId, objectId, reqMsgId, revision: { lte: revision } },
    select: { revision: true, body: true },
    orderBy: { revision: "desc" },
  });
  const [acked, ...earlier] = sent;
  if (acked?.revision !== revision) return;
  const heard = await tx.message.findFirst({
    where: { ...HEARD_OUTCOME, businessId, objectId, revision: { in: earlier.map((each) => each.revision) } },
    select: { body: true },
    orderBy: { revision: "desc" },
  });
  if (!heard) return;
  const { result, errorCd, errorDtl, errorField } = outcomeIn(heard).resp;
  if (result === "SUCCESS") await endPayment(tx, scope, payment, acked, now);
  else await reopen(tx, scope, payment, { code: errorCd, detail: errorDtl, field: errorField }, now);
}
