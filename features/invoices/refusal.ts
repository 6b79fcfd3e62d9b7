import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { INVOICE_STATUS_LABELS } from "@/features/protocol/status-words";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { InvoiceOrigin, InvoiceSide, InvoiceStatus } from "@/lib/generated/prisma/enums";
import { formatRupees, paise } from "@/lib/money";
import { dayOf, formatDay } from "@/lib/time";

/** The code, for software, of a refusal because the same paper bill is in the books already. */
export const DUPLICATE_INVOICE = "DUPLICATE_INVOICE";

/** Why the party that looks at an invoice may not change it now; null when it may. */
export function whyNotEditable(invoice: {
  side: InvoiceSide;
  origin: InvoiceOrigin;
  counterpartyName: string;
  baseStatus: InvoiceStatus;
  paid: bigint | number;
  pending: bigint | number;
}): AppError | null {
  const refuse = (words: string) => new AppError("CONFLICT", words);
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
  return new AppError("CONFLICT", message, [{ path: "supplierInvoiceNumber", message, code: DUPLICATE_INVOICE }]);
}

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
  return new AppError("CONFLICT", message, [{ path: "supplierInvoiceNumber", message, code: DUPLICATE_INVOICE }]);
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
