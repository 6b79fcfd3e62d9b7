import type { InvoiceStatus } from "@/lib/generated/prisma/enums";
import { add, type Paise, subtract } from "@/lib/money";
import { financialYear } from "@/lib/time";

/** An invoice's books, in paise, and the status it has without any payment. */
export interface InvoiceBooks {
  total: Paise;
  paid: Paise;
  pending: Paise;
  baseStatus: InvoiceStatus;
}

/** Statuses of an invoice that money may not be paid against. */
const NOT_PAYABLE: readonly InvoiceStatus[] = ["RETURNED", "REJECTED", "CANCELLED"];

export function isPayable(invoice: Pick<InvoiceBooks, "baseStatus">): boolean {
  return !NOT_PAYABLE.includes(invoice.baseStatus);
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

/** Edit and cancel are open only while no money has touched it. */
export function isUntouched(invoice: Pick<InvoiceBooks, "paid" | "pending" | "baseStatus">): boolean {
  return invoice.paid === 0 && invoice.pending === 0 && invoice.baseStatus !== "CANCELLED";
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
