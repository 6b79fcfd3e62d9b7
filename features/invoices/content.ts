import "server-only";
import type { InvoiceRow } from "@/features/invoices/row";
import { type Paise, paise } from "@/lib/money";
import { dayOf, parseDay } from "@/lib/time";

/** What stands on the paper: what people write and change. The amount in paise, days as 2026-11-20. */
export interface InvoiceContent {
  supplierInvoiceNumber: string;
  description: string;
  issueDate: string;
  dueDate: string;
  totalPaise: Paise;
}

/** An invoice's content, always in the same order, as the audit trail keeps it. */
export function contentOf(source: InvoiceContent): InvoiceContent {
  const { supplierInvoiceNumber, description, issueDate, dueDate, totalPaise } = source;
  return { supplierInvoiceNumber, description, issueDate, dueDate, totalPaise };
}

type ContentColumns = Pick<InvoiceRow, "supplierInvoiceNumber" | "description" | "issueDate" | "dueDate"> & {
  total: bigint | number;
};

export function contentOfRow(row: ContentColumns): InvoiceContent {
  return {
    supplierInvoiceNumber: row.supplierInvoiceNumber,
    description: row.description,
    issueDate: dayOf(row.issueDate),
    dueDate: dayOf(row.dueDate),
    totalPaise: paise(row.total),
  };
}

function midnight(day: string): Date {
  const date = parseDay(day);
  if (!date) throw new RangeError(`${day} is not a day`);
  return date;
}

export function columnsOf(content: InvoiceContent) {
  return {
    supplierInvoiceNumber: content.supplierInvoiceNumber,
    description: content.description,
    issueDate: midnight(content.issueDate),
    dueDate: midnight(content.dueDate),
    total: BigInt(content.totalPaise),
  };
}

export function isSameContent(a: InvoiceContent, b: InvoiceContent): boolean {
  return JSON.stringify(contentOf(a)) === JSON.stringify(contentOf(b));
}
