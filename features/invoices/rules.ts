import type { InvoiceOrigin, InvoiceSide, InvoiceStatus } from "@/lib/generated/prisma/enums";
import { add, type Paise, subtract } from "@/lib/money";
import { financialYear } from "@/lib/time";

/** An invoice's books, in paise, and the status it has without any payment. */
export interface InvoiceBooks {
  total: Paise;
  paid: Paise;
  pending: Paise;
  baseStatus: InvoiceStatus;
}

/** On which side the other party has the same invoice. */
export const otherSide = (side: InvoiceSide): InvoiceSide => (side === "PAYABLE" ? "RECEIVABLE" : "PAYABLE");

/** What the party that didn't write an invoice has made of it: RETURNED to be corrected, REJECTED as not theirs. */
export const ANSWERED_STATUSES = ["RETURNED", "REJECTED"] as const satisfies readonly InvoiceStatus[];
export type AnsweredStatus = (typeof ANSWERED_STATUSES)[number];

const isAnsweredStatus = (status: InvoiceStatus): status is AnsweredStatus =>
  (ANSWERED_STATUSES as readonly InvoiceStatus[]).includes(status);

/** The other party's answer to an invoice, from either party's row; null while there is none, or none any more. */
export function answerOf(invoice: Pick<InvoiceBooks, "baseStatus">): AnsweredStatus | null {
  return isAnsweredStatus(invoice.baseStatus) ? invoice.baseStatus : null;
}

export function isPayable(invoice: Pick<InvoiceBooks, "baseStatus">): boolean {
  return invoice.baseStatus !== "CANCELLED" && answerOf(invoice) === null;
}

/** What a new payment may still claim, in paise: the total less what is paid and what is on its way. */
export function dueOf(invoice: Pick<InvoiceBooks, "total" | "paid" | "pending">): Paise {
  return subtract(invoice.total, add(invoice.paid, invoice.pending));
}

/**
 * The status that the amounts demand (docs/protocol.md, "Invoice status"): derived, never decided, so that a repeated or late message
 * can't corrupt it. The database checks the same rule.
 */
export function statusOf(invoice: InvoiceBooks): InvoiceStatus {
  if (invoice.pending > 0) return "PAYMENT_INITIATED";
  if (invoice.paid === invoice.total) return "PAID";
  return invoice.paid > 0 ? "PART_PAID" : invoice.baseStatus;
}

type Touched = Pick<InvoiceBooks, "paid" | "pending" | "baseStatus">;

/** Edit, cancel and an answer are open only while no money has touched it. */
export function isUntouched(invoice: Touched): boolean {
  return invoice.paid === 0 && invoice.pending === 0 && invoice.baseStatus !== "CANCELLED";
}

/** Its writer may cancel it. */
export function isCancellable(invoice: Touched & { origin: InvoiceOrigin }): boolean {
  return invoice.origin === "OWN" && isUntouched(invoice);
}

/** Its writer may change it; not what was rejected, since no change makes it the other party's. */
export function isEditable(invoice: Touched & { origin: InvoiceOrigin }): boolean {
  return isCancellable(invoice) && invoice.baseStatus !== "REJECTED";
}

/** The party that didn't write it may return or reject it. */
export function isAnswerable(invoice: Touched & { origin: InvoiceOrigin }): boolean {
  return invoice.origin === "COUNTERPARTY" && invoice.baseStatus === "CREATED" && isUntouched(invoice);
}

/**
 * Whether an answer still counts: it judged the version that the copy shows, and the writer has changed nothing since. Both parties'
 * books ask this, so that they come to the same end whichever they hear of first, the change or the answer.
 */
export function stillCounts(copy: { sourceVersion: number | null }, writers: { contentVersion: number }): boolean {
  return (copy.sourceVersion ?? 0) >= writers.contentVersion;
}

/**
 * Whether the other party's copy can take another total: `later` while a payment is under way, which may be refused because of this very
 * change and then gives back what it claims; `never` once more than that is paid.
 */
export function fitOf(
  copy: { paid: bigint | number; pending: bigint | number },
  total: Paise,
): "now" | "later" | "never" {
  if (copy.pending > 0) return "later";
  return copy.paid > total ? "never" : "now";
}

/** What an import compares of a bill that is in the books already. Its number is the same by `duplicateKeyOf`. */
export const COMPARED_FIELDS = ["totalPaise", "issueDate", "dueDate", "description"] as const;
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** In what a file differs from the bill that is there; what the file doesn't say differs in nothing. */
export function differingFields(
  there: Record<ComparedField, string | number>,
  given: Partial<Record<ComparedField, string | number | undefined>>,
): ComparedField[] {
  return COMPARED_FIELDS.filter((field) => given[field] !== undefined && given[field] !== there[field]);
}

/**
 * One key for "the same paper bill": whose it is, its number without spaces and case, and its financial year. Suppliers number
 * afresh each year, and a clerk who types `inv-7` means `INV-7`.
 */
export function duplicateKeyOf(bill: {
  counterpartyB2BId: string;
  supplierInvoiceNumber: string;
  issueDay: string;
}): string {
  const number = bill.supplierInvoiceNumber.replace(/\s+/g, "").toUpperCase();
  return `${bill.counterpartyB2BId}|${number}|${financialYear(bill.issueDay)}`;
}
