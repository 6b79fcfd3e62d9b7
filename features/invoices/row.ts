import "server-only";
import { z } from "zod";
import type { Invoice } from "@/features/invoices/api";
import { answerOf, dueOf, isAnswerable, isCancellable, isEditable, isPayable } from "@/features/invoices/rules";
import { Prisma } from "@/lib/generated/prisma/client";
import { InvoiceOrigin, InvoiceSide, InvoiceStatus } from "@/lib/generated/prisma/enums";
import { LARGEST_SUM, type Paise, paise, ZERO } from "@/lib/money";
import { dayOf, daysBetween, toIstDay } from "@/lib/time";

export const paiseColumn = z.union([z.bigint(), z.number()]).transform(paise);

/**
 * SQL for the sum of an amount over all rows, or over `which` of them, as a `paiseColumn`: 0 for no rows, and LARGEST_SUM at most. Anybody
 * can raise invoices to a business, and its pages must answer whatever these add up to.
 */
export function sumOfPaise(amount: Prisma.Sql, which?: Prisma.Sql): Prisma.Sql {
  const filter = which ? Prisma.sql` FILTER (WHERE ${which})` : Prisma.empty;
  return Prisma.sql`least(coalesce(sum(${amount})${filter}, 0), ${Prisma.raw(String(LARGEST_SUM))})::bigint`;
}

/** An invoice as its table holds it; amounts in paise. */
export const invoiceRow = z.object({
  id: z.string(),
  side: z.enum(InvoiceSide),
  objectId: z.string(),
  supplierInvoiceNumber: z.string(),
  counterpartyB2BId: z.string(),
  counterpartyName: z.string(),
  description: z.string(),
  issueDate: z.date(),
  dueDate: z.date(),
  total: paiseColumn,
  paid: paiseColumn,
  pending: paiseColumn,
  status: z.enum(InvoiceStatus),
  baseStatus: z.enum(InvoiceStatus),
  remarks: z.string().nullable(),
  version: z.number(),
  origin: z.enum(InvoiceOrigin),
  createdBy: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type InvoiceRow = z.output<typeof invoiceRow>;

/** The columns of `invoiceRow` in SQL. */
export const INVOICE_COLUMNS = `id, side, object_id AS "objectId", supplier_invoice_number AS "supplierInvoiceNumber",
  counterparty_b2b_id AS "counterpartyB2BId", counterparty_name AS "counterpartyName", description,
  issue_date AS "issueDate", due_date AS "dueDate", total, paid, pending, status, base_status AS "baseStatus", remarks, version, origin,
  created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** What may still be paid, in paise: nothing on an invoice that money may not be paid against. */
function payableDue(row: Pick<InvoiceRow, "total" | "paid" | "pending" | "baseStatus">): Paise {
  return isPayable(row) ? dueOf(row) : ZERO;
}

/** An invoice as the portal's API shows it; overdue by the day in India at `now`. */
export function toInvoice(row: InvoiceRow, now: Date): Invoice {
  const duePaise = payableDue(row);
  const dueDate = dayOf(row.dueDate);
  const late = daysBetween(dueDate, toIstDay(now));
  const overdue = duePaise > 0 && late > 0;
  return {
    id: row.id,
    side: row.side === "PAYABLE" ? "payable" : "receivable",
    objectId: row.objectId,
    supplierInvoiceNumber: row.supplierInvoiceNumber,
    counterparty: { b2bId: row.counterpartyB2BId, name: row.counterpartyName },
    description: row.description,
    issueDate: dayOf(row.issueDate),
    dueDate,
    totalPaise: row.total,
    paidPaise: row.paid,
    pendingPaise: row.pending,
    duePaise,
    status: row.status,
    overdue,
    daysOverdue: overdue ? late : 0,
    version: row.version,
    origin: row.origin,
    remarks: answerOf(row) && row.remarks,
    editable: isEditable(row),
    cancellable: isCancellable(row),
    answerable: isAnswerable(row),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
