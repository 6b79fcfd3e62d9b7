import { z } from "zod";
import { paiseColumn } from "@/features/invoices/row";
import type { PaymentDetail } from "@/features/payments/api";
import { InvoiceStatus } from "@/lib/generated/prisma/enums";
import { paise } from "@/lib/money";
import { dayOf } from "@/lib/time";

/** How an adjustment is made up, as its table holds it; values in paise. */
export const splitsColumn = z.array(z.object({ name: z.string(), value: z.int(), refNo: z.string() }));

/** A payment's line as its table holds it, with what its invoice is now; amounts in paise. */
export const lineRow = z.object({
  invoiceId: z.string(),
  supplierInvoiceNumber: z.string(),
  issueDate: z.date(),
  dueDate: z.date(),
  invoiceStatus: z.enum(InvoiceStatus),
  lineNet: paiseColumn,
  lineAdjustment: paiseColumn,
  lineTotal: paiseColumn,
  splits: splitsColumn,
  invoiceTotal: paiseColumn,
  invoiceDue: paiseColumn,
});
export type LineRow = z.output<typeof lineRow>;

/** The columns of `lineRow` in SQL, of payment_line and its invoice. */
export const LINE_COLUMNS = `invoice.id AS "invoiceId", supplier_invoice_number AS "supplierInvoiceNumber",
  issue_date AS "issueDate", due_date AS "dueDate", invoice.status AS "invoiceStatus", payment_line.net AS "lineNet",
  payment_line.adjustment AS "lineAdjustment", payment_line.total AS "lineTotal", splits,
  invoice_total AS "invoiceTotal", invoice_due AS "invoiceDue"`;

/** A line as the portal's API shows it. */
export const toLine = (line: LineRow): PaymentDetail["lines"][number] => ({
  invoiceId: line.invoiceId,
  supplierInvoiceNumber: line.supplierInvoiceNumber,
  issueDate: dayOf(line.issueDate),
  dueDate: dayOf(line.dueDate),
  netPaise: line.lineNet,
  adjustmentPaise: line.lineAdjustment,
  totalPaise: line.lineTotal,
  splits: line.splits.map(({ value, ...split }) => ({ ...split, valuePaise: paise(value) })),
  invoiceTotalPaise: line.invoiceTotal,
  invoiceDuePaise: line.invoiceDue,
  invoiceStatusNow: line.invoiceStatus,
});
