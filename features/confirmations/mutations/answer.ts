import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { SENT_CONFIRMATION } from "@/features/confirmations/mutations/end";
import type { Answer } from "@/features/confirmations/schema";
import { answeredAt, confirmationIn, confirmationOf, saysTheSame } from "@/features/confirmations/wire";
import { type LockedInvoice, lockInvoices } from "@/features/invoices/amounts";
import { statusOf } from "@/features/invoices/rules";
import { enqueueMessage } from "@/features/messages/mutations/enqueue";
import { type LockedPayment, lockPayment, movePayment, NO_FAILURE } from "@/features/payments/lock";
import type { InvoiceRef } from "@/features/protocol/messages";
import type { ReqPayConfirmation } from "@/features/protocol/schema";
import { statusToWire } from "@/features/protocol/status-words";
import { toReqPayConfirmation } from "@/features/protocol/to-wire";
import { type Tx, transactUnless } from "@/lib/db";
import type { SupplierResponse } from "@/lib/generated/prisma/enums";
import { add, paise, subtract, ZERO } from "@/lib/money";

/** What became of a supplier's answer. */
export type AnswerOutcome =
  | { kind: "answered" }
  /** The same person gave the same answer before: a double click, or a retry after a lost reply. */
  | { kind: "replayed" }
  | { kind: "not-found" }
  /** Money paid on the platform can't be refused (seed 000). */
  | { kind: "reject-not-allowed" }
  | {
      kind: "already-answered";
      response: SupplierResponse;
      remarks: string;
      respondedBy: string;
      respondedAt: Date;
    };

/** Answers an incoming payment in a transaction of its own. */
export function answerPayment(
  scope: BusinessScope,
  objectId: string,
  answer: Answer,
  now: Date,
): Promise<AnswerOutcome> {
  return transactUnless<AnswerOutcome>(
    scope,
    (outcome) => outcome.kind !== "answered",
    (tx) => answerPaymentIn(tx, scope, objectId, answer, now),
  );
}

/**
 * Records a supplier's ACCEPT or REJECT and sends it on its way: status, req-pay-confirmation in the queue, audit line. The books
 * move when the buyer's side has taken it. Of two people who answer at once the second waits for the first, and is told.
 */
export async function answerPaymentIn(
  tx: Tx,
  scope: BusinessScope,
  objectId: string,
  answer: Answer,
  now: Date,
): Promise<AnswerOutcome> {
  const payment = await lockPayment(tx, scope, "INCOMING", objectId);
  if (!payment) return { kind: "not-found" };
  if (payment.status !== "AWAITING_CONFIRMATION") return earlierAnswer(scope, payment, answer);
  if (answer.response === "REJECT" && payment.type !== "OFFPLATFORM") return { kind: "reject-not-allowed" };

  const locked = await lockInvoices(
    tx,
    scope,
    payment.lines.map((line) => line.invoiceId),
  );
  const invoices = payment.lines.map((line) => answeredInvoice(line, locked, answer.response));
  const { geocode } = await tx.business.findUniqueOrThrow({
    where: { id: scope.businessId },
    select: { geocode: true },
  });
  const earlier = await sentConfirmations(tx, scope, objectId);
  // An answer that was given before goes out again word for word, its time included. A FAILURE may only mean that a reply was lost
  // on the way: then the buyer's side has it, and knows it again; the same answer in other words would be a conflict for ever.
  const repeated = earlier.find((sent) => saysTheSame(sent, answer));
  const message = confirmationOf({ payment, answer, invoices, supplier: { b2bId: scope.b2bId, geocode }, now });
  const content = repeated ?? toReqPayConfirmation(message);
  await movePayment(
    tx,
    scope,
    payment,
    {
      to: "CONFIRMING",
      data: {
        supplierResponse: answer.response,
        supplierRemarks: answer.remarks,
        respondedBy: scope.actor.name,
        respondedAt: repeated ? answeredAt(repeated) : now,
        ...NO_FAILURE,
      },
      action: answer.response === "ACCEPT" ? "payment.accept-given" : "payment.reject-given",
      versions: new Map(payment.lines.map((line, index) => [line.invoiceId, invoices[index]?.newVersion ?? 0])),
    },
    now,
  );
  await enqueueMessage(
    tx,
    scope,
    { operation: "REQ_PAY_CONFIRMATION", side: "SUPPLIER", objectId, revision: earlier.length, content },
    now,
  );
  return { kind: "answered" };
}

/** The confirmations of this payment that were sent before, oldest first: none of them has been taken, as far as is known. */
async function sentConfirmations(tx: Tx, scope: BusinessScope, objectId: string): Promise<ReqPayConfirmation[]> {
  const sent = await tx.message.findMany({
    where: { ...SENT_CONFIRMATION, businessId: scope.businessId, objectId },
    orderBy: { revision: "asc" },
    select: { body: true },
  });
  return sent.map(confirmationIn);
}

function earlierAnswer(scope: BusinessScope, payment: LockedPayment, answer: Answer): AnswerOutcome {
  const { supplierResponse: response, supplierRemarks: remarks, respondedBy, respondedAt } = payment;
  if (!response || remarks === null || respondedBy === null || !respondedAt)
    throw new Error(`payment ${payment.objectId} is ${payment.status} without an answer`);
  const same = response === answer.response && remarks === answer.remarks && respondedBy === scope.actor.name;
  return same ? { kind: "replayed" } : { kind: "already-answered", response, remarks, respondedBy, respondedAt };
}

/** One invoice as the confirmation tells of it: its status before and after the answer. */
function answeredInvoice(
  line: LockedPayment["lines"][number],
  locked: readonly LockedInvoice[],
  response: SupplierResponse,
): InvoiceRef {
  const invoice = locked.find((candidate) => candidate.id === line.invoiceId);
  if (!invoice) throw new Error(`invoice ${line.invoiceId} of payment ${line.paymentObjectId} is missing`);
  const total = paise(line.total);
  const newStatus = statusOf({
    ...invoice,
    pending: subtract(invoice.pending, total),
    paid: add(invoice.paid, response === "ACCEPT" ? total : ZERO),
  });
  return {
    invoiceObjectId: invoice.objectId,
    supplierInvoiceNumber: invoice.supplierInvoiceNumber,
    currentVersion: invoice.version,
    newVersion: invoice.version + 1,
    currentStatus: statusToWire(invoice.status),
    newStatus: statusToWire(newStatus),
  };
}
