import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { type AnswerOutcome, answerPaymentIn } from "@/features/confirmations/mutations/answer";
import { differenceFrom } from "@/features/confirmations/mutations/receive";
import type { Incoming, OperationResult } from "@/features/gateway/operation";
import { takeMessage } from "@/features/messages/mutations/take";
import { lockPayment } from "@/features/payments/lock";
import { createPaymentIn } from "@/features/payments/mutations/create";
import { toWireRefusal } from "@/features/payments/refusal";
import type { PaymentRequest } from "@/features/payments/schema";
import { type Refusal, refuse } from "@/features/protocol/errors";
import type { ReqPayMessage } from "@/features/protocol/messages";
import { parseReqPay, parseReqPayConfirmation } from "@/features/protocol/parse";
import { ackReply } from "@/features/protocol/reply";
import type { Operation } from "@/features/protocol/schema";
import { books, type Tx } from "@/lib/db";

const NOT_YOURS = "The API key belongs to another business than the one this message speaks for.";

/** Seed 003: a business's own software pays. Exactly what its page does; the ack's payload is the `reqMsgId` to correlate by. */
async function reqPay(incoming: Incoming, scope: BusinessScope): Promise<OperationResult> {
  const parsed = parseReqPay(incoming.json);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (value.buyerB2BId !== scope.b2bId) return { refusal: refuse("FORBIDDEN", "b2bIds.buyerB2BId", NOT_YOURS) };
  if (value.supplierB2BId === scope.b2bId) return { refusal: refuse("SAME_PARTY", "b2bIds.supplierB2BId") };
  const message = {
    ...incoming.record,
    operation: "REQ_PAY",
    side: "BUYER",
    objectId: value.payment.objectId,
    revision: 0,
    reply: ackReply,
  } as const;
  return takeMessage(scope, message, incoming.now, async (tx) => {
    const request = await toRequest(tx, scope, value);
    if ("code" in request) return request;
    const outcome = await createPaymentIn(tx, scope, request, incoming.now);
    return outcome.kind === "refused" ? toWireRefusal(outcome.refusal) : null;
  });
}

/** The same payment as the page would ask for: the wire names bills by `objectId`, the books by their own id. */
async function toRequest(tx: Tx, scope: BusinessScope, value: ReqPayMessage): Promise<PaymentRequest | Refusal> {
  const { payment, supplierB2BId, geocode } = value;
  const additionalInfos = [...value.additionalInfos];
  const bills = await tx.invoice.findMany({
    where: {
      businessId: scope.businessId,
      side: "PAYABLE",
      counterpartyB2BId: supplierB2BId,
      objectId: { in: payment.lines.map((line) => line.invoiceObjectId) },
    },
    select: { id: true, objectId: true, supplierInvoiceNumber: true },
  });
  const byObjectId = new Map(bills.map((bill) => [bill.objectId, bill]));
  const lines: PaymentRequest["lines"] = [];
  for (const [index, line] of payment.lines.entries()) {
    const bill = byObjectId.get(line.invoiceObjectId);
    const at = `payment.invoicesPayInfos[${index}]`;
    if (!bill) {
      const words = await whyNoBill(tx, scope, supplierB2BId, line.invoiceObjectId);
      return refuse("INVOICE_NOT_FOUND", `${at}.objectId`, words);
    }
    const { supplierInvoiceNumber } = bill;
    if (supplierInvoiceNumber !== line.supplierInvoiceNumber) {
      const words = `This bill's number is ${supplierInvoiceNumber} in your books.`;
      return refuse("INVOICE_MISMATCH", `${at}.supplierInvoiceNumber`, words);
    }
    const splits = line.splits.map(({ name, value: valuePaise, refNo }) => ({ name, valuePaise, refNo }));
    lines.push({ invoiceId: bill.id, netPaise: line.net, adjustmentPaise: line.adjustment, splits });
  }
  const { objectId, type, mode, utr, paidAt } = payment;
  return { objectId, supplierB2BId, type, mode, utr, paidAt: paidAt.toISOString(), lines, geocode, additionalInfos };
}

/** What there is instead: software goes on using the id that it minted, also once the supplier's own invoice has another. */
async function whyNoBill(
  tx: Tx,
  { businessId }: BusinessScope,
  counterpartyB2BId: string,
  ownObjectId: string,
): Promise<string> {
  const theirs = await tx.invoice.findFirst({
    where: { businessId, side: "PAYABLE", counterpartyB2BId, ownObjectId },
    select: { objectId: true, supplierInvoiceNumber: true },
  });
  return theirs
    ? `The supplier's own invoice has taken the place of this bill: ${theirs.supplierInvoiceNumber}, with the objectId ${theirs.objectId}.`
    : "There is no such bill of this supplier in your books.";
}

/** Seed 000 with an API key: a supplier's own software answers a payment, as its page does. */
async function reqPayConfirmation(incoming: Incoming, scope: BusinessScope): Promise<OperationResult> {
  const parsed = parseReqPayConfirmation(incoming.json);
  if (!parsed.ok) return parsed;
  const { confirmation, supplierB2BId, buyerB2BId } = parsed.value;
  if (supplierB2BId !== scope.b2bId) return { refusal: refuse("FORBIDDEN", "b2bIds.supplierB2BId", NOT_YOURS) };
  const { objectId } = confirmation;
  const revision = await revisionOf(scope, objectId, incoming.record.contentHash);
  const message = {
    ...incoming.record,
    operation: "REQ_PAY_CONFIRMATION",
    side: "SUPPLIER",
    objectId,
    revision,
    reply: ackReply,
  } as const;
  return takeMessage(scope, message, incoming.now, async (tx) => {
    const payment = await lockPayment(tx, scope, "INCOMING", objectId);
    if (!payment) return refuse("PAYMENT_NOT_FOUND", "paymentConfirmation.objectId");
    if (payment.counterpartyB2BId !== buyerB2BId) return refuse("PAYMENT_NOT_FOUND", "b2bIds.buyerB2BId");
    const difference = differenceFrom(payment, confirmation);
    if (difference) return difference;
    const answer = { response: confirmation.supplierResponse, remarks: confirmation.supplierRemarks };
    return refusalOf(await answerPaymentIn(tx, scope, objectId, answer, incoming.now));
  });
}

/**
 * Which answer to this payment the message is, by number. While the payment waits for an answer (again), it is the next one, even in the
 * same words: as on the page, those go out once more (docs/decisions/021). Otherwise the same content has its earlier number, as a
 * repetition; other content gets the number of the answer that stands, and is a conflict with it.
 */
async function revisionOf(scope: BusinessScope, objectId: string, contentHash: string): Promise<number> {
  const { businessId } = scope;
  const key = { direction: "IN", operation: "REQ_PAY_CONFIRMATION", side: "SUPPLIER" } as const;
  const earlier = await books(scope).message.findMany({
    where: { ...key, businessId, objectId },
    select: { revision: true, contentHash: true },
    orderBy: { revision: "desc" },
  });
  const latest = earlier[0]?.revision ?? -1;
  if (latest < 0) return 0;
  const payment = await books(scope).payment.findUnique({
    where: { businessId_objectId: { businessId, objectId } },
    select: { status: true },
  });
  if (payment?.status === "AWAITING_CONFIRMATION") return latest + 1;
  return earlier.find((message) => message.contentHash === contentHash)?.revision ?? latest;
}

/** What each operation does when a business's own software calls it; the outcomes are the network's alone to tell. */
export const businessOperations: Partial<
  Record<Operation, (incoming: Incoming, scope: BusinessScope) => Promise<OperationResult>>
> = { "req-pay": reqPay, "req-pay-confirmation": reqPayConfirmation };

function refusalOf(outcome: AnswerOutcome): Refusal | null {
  switch (outcome.kind) {
    case "answered":
    case "replayed":
      return null;
    case "not-found":
      return refuse("PAYMENT_NOT_FOUND", "paymentConfirmation.objectId");
    case "reject-not-allowed":
      return refuse("REJECT_NOT_ALLOWED", "paymentConfirmation.supplierResponse");
    case "already-answered":
      return refuse("ALREADY_ANSWERED", "paymentConfirmation.supplierResponse");
  }
}
