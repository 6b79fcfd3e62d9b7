import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { answerOf } from "@/features/invoices/rules";
import { INVOICE_STATUS_LABELS } from "@/features/protocol/status-words";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { InvoiceOrigin, InvoiceSide, InvoiceStatus } from "@/lib/generated/prisma/enums";
import { formatRupees, paise } from "@/lib/money";
import { dayOf, formatDay, toIstDay } from "@/lib/time";

/** The code, for software, of a refusal because the same paper bill is in the books already. */
export const DUPLICATE_INVOICE = "DUPLICATE_INVOICE";

/** What decides whether an invoice may be changed, cancelled or answered. */
interface Refusable {
  side: InvoiceSide;
  origin: InvoiceOrigin;
  counterpartyName: string;
  baseStatus: InvoiceStatus;
  remarks: string | null;
  paid: bigint | number;
  pending: bigint | number;
}

const refuse = (words: string) => new AppError("CONFLICT", words);

/** Why the party that looks at an invoice may not change it now; null when it may. */
export function whyNotEditable(invoice: Refusable): AppError | null {
  const refusal = whyNotCancellable(invoice);
  if (refusal || invoice.baseStatus !== "REJECTED") return refusal;
  return refuse(
    `${invoice.counterpartyName} rejected this invoice as not theirs: it can be cancelled, but not changed. Once cancelled, it can be written anew under the same number.`,
  );
}

/** Why the party that looks at an invoice may not cancel it now; null when it may. */
export function whyNotCancellable(invoice: Refusable): AppError | null {
  if (invoice.origin !== "OWN")
    return refuse(
      `${invoice.counterpartyName} wrote this invoice: only they can change or cancel it.${howElse(invoice)}`,
    );
  if (invoice.baseStatus === "CANCELLED") return refuse("This invoice is cancelled.");
  if (invoice.pending > 0)
    return refuse(
      `A payment of ${formatRupees(paise(invoice.pending))} waits for confirmation. Until that has ended the invoice can't be changed or cancelled.`,
    );
  if (invoice.paid > 0)
    return refuse(
      `${formatRupees(paise(invoice.paid))} is paid already, so it can't be changed or cancelled any more.`,
    );
  return null;
}

/** Why the party that looks at an invoice may not return or reject it now; null when it may. */
export function whyNotAnswerable(invoice: Refusable): AppError | null {
  const { counterpartyName, remarks, pending, paid } = invoice;
  if (invoice.origin === "OWN")
    return refuse(`You wrote this invoice: only ${counterpartyName} can return or reject it. You can cancel it.`);
  if (invoice.baseStatus === "CANCELLED") return cancelledBy(invoice);
  if (pending > 0)
    return refuse(
      `A payment of ${formatRupees(paise(pending))} waits for confirmation. Until that has ended the invoice can't be returned or rejected.`,
    );
  if (paid > 0)
    return refuse(`${formatRupees(paise(paid))} is paid already, so it can't be returned or rejected any more.`);
  const answer = answerOf(invoice);
  if (answer)
    return refuse(
      `This invoice is ${answer.toLowerCase()} already, with the remarks “${remarks}”. To answer otherwise, put it back first.`,
    );
  return null;
}

/** Why the party that looks at an invoice can't take back what was said of it; null when it can, or nothing was. */
export function whyNotPutBack(invoice: Refusable): AppError | null {
  if (invoice.origin === "OWN")
    return refuse(`You wrote this invoice: only ${invoice.counterpartyName} can put it back.`);
  return invoice.baseStatus === "CANCELLED" ? cancelledBy(invoice) : null;
}

const cancelledBy = ({ counterpartyName }: Refusable) => refuse(`${counterpartyName} has cancelled this invoice.`);

/** A supplier has another way: what they raise themselves takes the place of what their buyer wrote down. */
function howElse({
  side,
  paid,
  pending,
}: {
  side: InvoiceSide;
  paid: bigint | number;
  pending: bigint | number;
}): string {
  if (side === "PAYABLE" || paid > 0 || pending > 0) return "";
  return " Raise it yourself under the same number, and yours takes its place.";
}

/** Why what a supplier raises can't take the place of what its buyer wrote down; null when it can. */
export function whyNotReplaceable(copy: {
  id: string;
  supplierInvoiceNumber: string;
  counterpartyName: string;
  paid: bigint | number;
  pending: bigint | number;
}): AppError | null {
  if (Number(copy.paid) === 0 && Number(copy.pending) === 0) return null;
  const there = `${copy.counterpartyName} wrote ${copy.supplierInvoiceNumber} down already, and`;
  const message =
    copy.pending > 0
      ? `${there} a payment of ${formatRupees(paise(copy.pending))} on it waits for your answer. Answer it first; once it is rejected, yours can take its place.`
      : `${there} ${formatRupees(paise(copy.paid))} of it is paid: it stays as it is.`;
  return isThere(message, copy.id);
}

const isThere = (message: string, invoiceId?: string) =>
  new AppError("CONFLICT", message, [
    { path: "supplierInvoiceNumber", message, code: DUPLICATE_INVOICE, ...(invoiceId && { invoiceId }) },
  ]);

/** Why a business can't have an invoice with that party; null when it can. */
export function whyNotTheirs(scope: BusinessScope, counterpartyB2BId: string): AppError | null {
  if (counterpartyB2BId !== scope.b2bId) return null;
  const message = "This is your own business: an invoice has two parties.";
  return new AppError("INVALID", message, [{ path: "counterparty.b2bId", message, code: "SAME_PARTY" }]);
}

/** The refusal of a paper bill that is in the books already, in words that name it. */
export async function alreadyThere(
  tx: Tx,
  scope: BusinessScope,
  side: InvoiceSide,
  duplicateKey: string,
): Promise<AppError> {
  const found = await tx.invoice.findFirst({ where: { businessId: scope.businessId, side, duplicateKey } });
  const message = found
    ? alreadyThereWords(found)
    : "This invoice was written down by someone else at the same moment. Please look at the list.";
  return isThere(message, found?.id);
}

/** What is in the books already, for whoever wanted to write it down. */
export function alreadyThereWords(found: {
  side: InvoiceSide;
  supplierInvoiceNumber: string;
  counterpartyName: string;
  total: bigint | number;
  dueDate: Date;
  status: InvoiceStatus;
}): string {
  const labels = INVOICE_STATUS_LABELS[found.side === "PAYABLE" ? "payable" : "receivable"];
  const due = formatDay(dayOf(found.dueDate));
  return `${found.supplierInvoiceNumber} of ${found.counterpartyName} is there already: ${formatRupees(paise(found.total))}, due ${due}, ${labels[found.status].toLowerCase()}.`;
}

/** A paper bill that was cancelled, and nothing stands in its place. */
export interface CancelledBill {
  invoiceId: string;
  supplierInvoiceNumber: string;
  counterpartyName: string;
  at: Date;
  /** The person or the software that did it; the party's name when it was theirs to cancel. */
  by: string;
}

/** An import leaves out what was cancelled, until somebody wants it anew. */
export class CancelledBefore extends AppError {
  constructor(readonly bill: CancelledBill) {
    const { supplierInvoiceNumber, counterpartyName, at, by } = bill;
    const message = `${supplierInvoiceNumber} of ${counterpartyName} was cancelled on ${formatDay(toIstDay(at))} by ${by}.`;
    super("CONFLICT", message, [{ path: "supplierInvoiceNumber", message, code: "CANCELLED_INVOICE" }]);
  }
}
