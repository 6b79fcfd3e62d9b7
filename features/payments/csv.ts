import type { Payment, PaymentDetail } from "@/features/payments/api";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { add, type Paise, paise, subtract, toInputText, ZERO } from "@/lib/money";
import { formatDateTime, toIstDay } from "@/lib/time";

export const PAYMENT_CSV_HEADER = [
  "Paid on",
  "Party",
  "Party's B2B ID",
  "UTR",
  "Mode",
  "Net (₹)",
  "Adjustments (₹)",
  "Total (₹)",
  "Status",
  "Invoices",
  "Number of invoices",
  "Answered by",
  "Answered at",
  "Remarks",
  "Payment id",
];

const day = (instant: string) => toIstDay(new Date(instant));
const time = (instant: string | null) => (instant === null ? "" : formatDateTime(new Date(instant)));

/** One payment as a line of the export; amounts in rupees, as spreadsheets count. */
export function paymentCsvRow(payment: Payment): (string | number)[] {
  const amounts = [payment.netPaise, payment.adjustmentPaise, payment.totalPaise];
  const more = payment.invoiceCount > payment.invoiceNumbers.length ? ", …" : "";
  return [
    day(payment.paidAt),
    payment.counterparty.name,
    payment.counterparty.b2bId,
    payment.utr,
    MODE_LABELS[payment.mode],
    ...amounts.map((amount) => toInputText(paise(amount))),
    payment.statusWords,
    `${payment.invoiceNumbers.join(", ")}${more}`,
    payment.invoiceCount,
    payment.respondedBy ?? "",
    time(payment.respondedAt),
    payment.supplierRemarks ?? "",
    payment.objectId,
  ];
}

/** One invoice as one payment settles it. */
export interface SettledInvoice {
  payment: Payment;
  line: PaymentDetail["lines"][number];
}

export const SETTLED_INVOICE_CSV_HEADER = [
  "Paid on",
  "Party",
  "Party's B2B ID",
  "UTR",
  "Mode",
  "Invoice",
  "Invoice date",
  "Due date",
  "Invoice total (₹)",
  "Net (₹)",
  "TDS (₹)",
  "TDS section",
  "Other adjustments (₹)",
  "What they are",
  "Settled (₹)",
  "Status",
  "Answered by",
  "Answered at",
  "Remarks",
  "Payment id",
];

const isTds = ({ name }: { name: string }) => name.trim().toUpperCase() === "TDS";

/**
 * One invoice of a payment as a line of the export, for whoever books it or files its TDS; amounts in rupees. Net, TDS and the other
 * adjustments add up to what is settled, also where another platform's message doesn't say how its adjustment is made up.
 */
export function settledInvoiceCsvRow({ payment, line }: SettledInvoice): (string | number)[] {
  const taxes = line.splits.filter(isTds);
  const others = line.splits.filter((split) => !isTds(split));
  const tds = add(ZERO, ...taxes.map((split) => paise(split.valuePaise)));
  const rupees = (amount: Paise) => toInputText(amount);
  return [
    day(payment.paidAt),
    payment.counterparty.name,
    payment.counterparty.b2bId,
    payment.utr,
    MODE_LABELS[payment.mode],
    line.supplierInvoiceNumber,
    line.issueDate,
    line.dueDate,
    rupees(paise(line.invoiceTotalPaise)),
    rupees(paise(line.netPaise)),
    rupees(tds),
    taxes.map((split) => split.refNo).join("; "),
    rupees(subtract(paise(line.adjustmentPaise), tds)),
    others
      .map(({ name, refNo, valuePaise }) => [name, refNo, rupees(paise(valuePaise))].filter(Boolean).join(" "))
      .join("; "),
    rupees(paise(line.totalPaise)),
    payment.statusWords,
    payment.respondedBy ?? "",
    time(payment.respondedAt),
    payment.supplierRemarks ?? "",
    payment.objectId,
  ];
}
