import { dueOf } from "@/features/invoices/rules";
import { type ErrorCode, type Refusal, refuse } from "@/features/protocol/errors";
import { AppError } from "@/lib/errors";
import type { InvoiceStatus } from "@/lib/generated/prisma/enums";
import { formatRupees, type Paise } from "@/lib/money";

interface RefusedInvoice {
  supplierInvoiceNumber: string;
  total: Paise;
  paid: Paise;
  pending: Paise;
  baseStatus: InvoiceStatus;
}

/** Why the books can't take a payment: a listed code, and which of its lines (from 0) it is about. */
export interface BookRefusal {
  code: Extract<
    ErrorCode,
    | "INVOICE_NOT_FOUND"
    | "INVOICE_NOT_PAYABLE"
    | "EXCEEDS_DUE"
    | "DUPLICATE_CONFLICT"
    | "SAME_PARTY"
    | "INVOICE_MISMATCH"
    | "TIMESTAMP_INVALID"
  >;
  line?: number;
  invoice?: RefusedInvoice;
  /** What the line wants to settle, in paise. */
  amount?: Paise;
}

const STILL_TO_COME = "The time of the payment is still to come.";

function wordsOf({ code, invoice, amount }: BookRefusal): string | undefined {
  if (code === "EXCEEDS_DUE" && invoice && amount !== undefined) {
    const due = dueOf(invoice);
    const waiting = invoice.pending > 0 ? ` ${formatRupees(invoice.pending)} of it waits for confirmation.` : "";
    return due > 0
      ? `${formatRupees(amount)} is more than the ${formatRupees(due)} still due on ${invoice.supplierInvoiceNumber}.${waiting}`
      : `Nothing is due any more on ${invoice.supplierInvoiceNumber}.${waiting}`;
  }
  if (code === "INVOICE_NOT_PAYABLE" && invoice)
    return `${invoice.supplierInvoiceNumber} is ${invoice.baseStatus.toLowerCase()}, so it can't be paid.`;
  return code === "TIMESTAMP_INVALID" ? STILL_TO_COME : undefined;
}

/** The same refusal on the wire, with the JSON path of the line in a req-pay. */
export function toWireRefusal(refusal: BookRefusal): Refusal {
  const line = refusal.line === undefined ? undefined : `payment.invoicesPayInfos[${refusal.line}]`;
  const field = {
    INVOICE_NOT_FOUND: `${line}.objectId`,
    INVOICE_NOT_PAYABLE: `${line}.objectId`,
    INVOICE_MISMATCH: `${line}.supplierInvoiceNumber`,
    EXCEEDS_DUE: `${line}.invoicePaymentAmount.totalAmount`,
    DUPLICATE_CONFLICT: "payment.objectId",
    SAME_PARTY: "b2bIds.supplierB2BId",
    TIMESTAMP_INVALID: "payment.ts",
  }[refusal.code];
  return refuse(refusal.code, field, wordsOf(refusal));
}

const OTHER_CONTENT = "A payment with this id, but with other content, was made before. Nothing was paid again.";

/** The same refusal in the portal's own API and its form. */
export function toAppError(refusal: BookRefusal): AppError {
  const line = `lines[${refusal.line}]`;
  const words = wordsOf(refusal);
  switch (refusal.code) {
    case "DUPLICATE_CONFLICT":
      return new AppError("CONFLICT", OTHER_CONTENT, [
        { path: "objectId", message: OTHER_CONTENT, code: refusal.code },
      ]);
    case "SAME_PARTY":
      return new AppError("INVALID", "A business can't pay itself.", [
        { path: "supplierB2BId", message: "This is your own business.", code: refusal.code },
      ]);
    case "TIMESTAMP_INVALID":
      return new AppError("INVALID", STILL_TO_COME, [{ path: "paidAt", message: STILL_TO_COME, code: "TOO_BIG" }]);
    case "EXCEEDS_DUE":
      return new AppError("CONFLICT", words ?? "More is paid than is still due on a bill.", [
        { path: `${line}.netPaise`, message: words ?? "This is more than is still due.", code: refusal.code },
      ]);
    default: {
      const message = words ?? "This bill can't be found. It may have been cancelled.";
      // Only a message names a bill twice; named in two ways it isn't there.
      const code = refusal.code === "INVOICE_MISMATCH" ? "INVOICE_NOT_FOUND" : refusal.code;
      return new AppError("CONFLICT", message, [{ path: `${line}.invoiceId`, message, code }]);
    }
  }
}
