import type { InvoiceSideName } from "@/features/invoices/schema";
import type { LedgerPayment } from "@/features/ledger/api";
import type { LedgerLine, WholeLedger } from "@/features/ledger/data";
import { balanceSide } from "@/features/ledger/rules";
import { adjustmentsText, rupees } from "@/features/payments/csv";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { add, paise, withoutSign, ZERO } from "@/lib/money";

export const LEDGER_CSV_HEADER = [
  "Date",
  "Party",
  "Party's B2B ID",
  "Entry",
  "Number or UTR",
  "Particulars",
  "Net (₹)",
  "TDS (₹)",
  "TDS section",
  "Other adjustments (₹)",
  "What they are",
  "Debit (₹)",
  "Credit (₹)",
  "Balance (₹)",
  "Dr/Cr",
  "Not counted yet (₹)",
  "Id",
];

/** The one of two columns that an entry leaves empty stays so. */
const rupeesIfAny = (amount: number) => (amount === 0 ? "" : rupees(amount));

const NO_PAYMENT = ["", "", "", "", ""];

/** Net, TDS and the other adjustments, which add up to what the payment settles. */
function paymentCells({ netPaise, adjustments }: LedgerPayment): string[] {
  const taxes = adjustments.filter(({ name }) => name === "TDS");
  const others = adjustments.filter(({ name }) => name !== "TDS");
  const sum = (parts: typeof adjustments) => add(ZERO, ...parts.map(({ valuePaise }) => paise(valuePaise)));
  return [
    rupees(netPaise),
    rupees(sum(taxes)),
    taxes
      .map(({ refNo }) => refNo)
      .filter(Boolean)
      .join("; "),
    rupees(sum(others)),
    adjustmentsText(others),
  ];
}

/** What a payment is for, as far as a line has room for it. */
function paymentWords({ mode, invoiceNumbers, invoiceCount }: LedgerPayment): string {
  const more = invoiceCount > invoiceNumbers.length ? ` and ${invoiceCount - invoiceNumbers.length} more` : "";
  return `${MODE_LABELS[mode]} for ${invoiceNumbers.join(", ")}${more}`;
}

const balanceCells = (side: InvoiceSideName, balance: number) => [
  rupees(withoutSign(paise(balance))),
  balanceSide(side, balance) ?? "",
];

/** One line of a ledger as a line of its file; amounts in rupees, as spreadsheets count. */
export const ledgerCsvRow =
  ({ side, party, b2bId }: Pick<WholeLedger, "side" | "party" | "b2bId">) =>
  (line: LedgerLine): string[] => {
    const whose = [party, b2bId];
    if (line.kind === "waiting") {
      const { payment } = line;
      const words = `${payment.statusWords}: ${paymentWords(payment)}`;
      const told = [payment.day, ...whose, "Not counted yet", payment.utr, words, ...paymentCells(payment)];
      return [...told, "", "", "", "", rupees(payment.totalPaise), payment.objectId];
    }
    if (line.kind !== "entry") {
      const entry = line.kind === "opening" ? "Opening balance" : "Closing balance";
      const balance = balanceCells(side, line.balancePaise);
      return [line.day, ...whose, entry, "", "", ...NO_PAYMENT, "", "", ...balance, "", ""];
    }
    const { day, reference, invoice, payment, debitPaise, creditPaise, balancePaise, id } = line.entry;
    const invoiceWord = side === "payable" ? "Bill" : "Invoice";
    return [
      day,
      ...whose,
      payment ? "Payment" : invoiceWord,
      reference,
      payment ? paymentWords(payment) : (invoice?.description ?? ""),
      ...(payment ? paymentCells(payment) : NO_PAYMENT),
      rupeesIfAny(debitPaise),
      rupeesIfAny(creditPaise),
      ...balanceCells(side, balancePaise),
      "",
      id,
    ];
  };
