import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { INVOICE_STATUS_LABELS } from "@/features/protocol/status-words";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { InvoiceOrigin, InvoiceSide, InvoiceStatus } from "@/lib/generated/prisma/enums";
import { formatRupees, paise } from "@/lib/money";
import { dayOf, formatDay } from "@/lib/time";

/** Why the party that looks at an invoice may not change it now; null when it may. */
export function whyNotEditable(invoice: {
  origin: InvoiceOrigin;
  counterpartyName: string;
  baseStatus: InvoiceStatus;
  paid: bigint | number;
  pending: bigint | number;
}): AppError | null {
  const refuse = (words: string) => new AppError("CONFLICT", words);
  if (invoice.origin !== "OWN")
    return refuse(`${invoice.counterpartyName} wrote this invoice: only they can change or cancel it.`);
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

/** Someone else was faster: their change is not lost by ours. */
export function changedMeanwhile(): AppError {
  const message = "Someone else changed this invoice meanwhile. Look at it as it is now, then change it again.";
  return new AppError("CONFLICT", message, [{ path: "version", message, code: "CHANGED_MEANWHILE" }]);
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
    ? `${found.supplierInvoiceNumber} of ${found.counterpartyName} is there already: ${formatRupees(paise(found.total))}, due ${formatDay(dayOf(found.dueDate))}, ${INVOICE_STATUS_LABELS[found.status].toLowerCase()}.`
    : "This invoice was written down by someone else at the same moment. Please look at the list.";
  return new AppError("CONFLICT", message, [{ path: "supplierInvoiceNumber", message, code: "DUPLICATE_INVOICE" }]);
}
