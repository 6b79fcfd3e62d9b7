import type { Payment, PaymentDetail } from "@/features/payments/api";
import { isTds } from "@/features/payments/tds";
import { panFromGstin } from "@/features/protocol/identifiers";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { add, paise, subtract, toInputText, ZERO } from "@/lib/money";
import { formatDateTime, toIstDay } from "@/lib/time";

const day = (instant: string) => toIstDay(new Date(instant));
/** An amount in paise as spreadsheets count, in rupees. */
export const rupees = (amount: number) => toInputText(paise(amount));
/** Of a total, what is settled now: nothing of what waits for an answer, or was rejected or has failed. So the column adds up. */
const settled = ({ status }: Payment, total: number) => rupees(status === "ACCEPTED" ? total : ZERO);
const time = (instant: string | null) => (instant === null ? "" : formatDateTime(new Date(instant)));

/** What was paid, and how it was answered, as both exports of payments have it. */
const PAID_HEADER = ["Paid on", "Party", "Party's B2B ID", "UTR", "Mode"];
const paidCells = ({ paidAt, counterparty, utr, mode }: Payment) => [
  day(paidAt),
  counterparty.name,
  counterparty.b2bId,
  utr,
  MODE_LABELS[mode],
];
const ANSWERED_HEADER = ["Answered by", "Answered at", "Remarks", "Payment id"];
const answeredCells = ({ respondedBy, respondedAt, supplierRemarks, objectId }: Payment) => [
  respondedBy ?? "",
  time(respondedAt),
  supplierRemarks ?? "",
  objectId,
];

export const PAYMENT_CSV_HEADER = [
  ...PAID_HEADER,
  "Net (₹)",
  "Adjustments (₹)",
  "Total (₹)",
  "Settled (₹)",
  "Status",
  "Invoices",
  "Number of invoices",
  ...ANSWERED_HEADER,
];

/** One payment as a line of the export; amounts in rupees, as spreadsheets count. */
export function paymentCsvRow(payment: Payment): (string | number)[] {
  const amounts = [payment.netPaise, payment.adjustmentPaise, payment.totalPaise];
  const more = payment.invoiceCount > payment.invoiceNumbers.length ? ", …" : "";
  return [
    ...paidCells(payment),
    ...amounts.map(rupees),
    settled(payment, payment.totalPaise),
    payment.statusWords,
    `${payment.invoiceNumbers.join(", ")}${more}`,
    payment.invoiceCount,
    ...answeredCells(payment),
  ];
}

/** One invoice as one payment settles it, or would. */
export interface SettledInvoice {
  payment: Payment;
  line: PaymentDetail["lines"][number];
  /** The party's, as the books have it now; null where it isn't known. */
  gstin: string | null;
}

export const SETTLED_INVOICE_CSV_HEADER = [
  ...PAID_HEADER,
  "Invoice",
  "Invoice date",
  "Due date",
  "Invoice total (₹)",
  "Net (₹)",
  "TDS (₹)",
  "TDS section",
  "Other adjustments (₹)",
  "What they are",
  "Total (₹)",
  "Settled (₹)",
  "Status",
  "Party's GSTIN",
  "Party's PAN",
  ...ANSWERED_HEADER,
];

/** What adjustments are, in one cell: "DISCOUNT R1 10.00; CREDIT NOTE 7 5.00". */
export const adjustmentsText = (parts: readonly { name: string; refNo: string; valuePaise: number }[]): string =>
  parts.map(({ name, refNo, valuePaise }) => [name, refNo, rupees(valuePaise)].filter(Boolean).join(" ")).join("; ");

/**
 * One invoice of a payment as a line of the export, for whoever books it or files its TDS; amounts in rupees. Net, TDS and the other
 * adjustments add up to the total, also where another platform's message doesn't say how its adjustment is made up.
 */
export function settledInvoiceCsvRow({ payment, line, gstin }: SettledInvoice): (string | number)[] {
  const taxes = line.splits.filter(isTds);
  const others = line.splits.filter((split) => !isTds(split));
  const tds = add(ZERO, ...taxes.map((split) => paise(split.valuePaise)));
  return [
    ...paidCells(payment),
    line.supplierInvoiceNumber,
    line.issueDate,
    line.dueDate,
    rupees(line.invoiceTotalPaise),
    rupees(line.netPaise),
    rupees(tds),
    taxes.map((split) => split.refNo).join("; "),
    rupees(subtract(paise(line.adjustmentPaise), tds)),
    adjustmentsText(others),
    rupees(line.totalPaise),
    settled(payment, line.totalPaise),
    payment.statusWords,
    gstin ?? "",
    panFromGstin(gstin ?? "") ?? "",
    ...answeredCells(payment),
  ];
}
