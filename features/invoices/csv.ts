import type { Invoice } from "@/features/invoices/api";
import { INVOICE_STATUS_LABELS } from "@/features/protocol/status-words";
import { paise, toInputText } from "@/lib/money";

export const INVOICE_CSV_HEADER = [
  "Invoice number",
  "Party",
  "Party's B2B ID",
  "Description",
  "Invoice date",
  "Due date",
  "Total (₹)",
  "Paid (₹)",
  "Waiting for confirmation (₹)",
  "Due (₹)",
  "Status",
  "Days overdue",
  "Remarks",
];

/** One invoice as a line of the export; amounts in rupees, as spreadsheets count. */
export function invoiceCsvRow(invoice: Invoice): (string | number)[] {
  const amounts = [invoice.totalPaise, invoice.paidPaise, invoice.pendingPaise, invoice.duePaise];
  return [
    invoice.supplierInvoiceNumber,
    invoice.counterparty.name,
    invoice.counterparty.b2bId,
    invoice.description,
    invoice.issueDate,
    invoice.dueDate,
    ...amounts.map((amount) => toInputText(paise(amount))),
    INVOICE_STATUS_LABELS[invoice.side][invoice.status],
    invoice.daysOverdue,
    invoice.remarks ?? "",
  ];
}
