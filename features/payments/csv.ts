import type { Payment } from "@/features/payments/api";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { paise, toInputText } from "@/lib/money";
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
