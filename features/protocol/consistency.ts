import { type Refusal, refuse } from "@/features/protocol/errors";
import type { Amounts, ConfirmationContent, InvoiceRef, PaymentLineContent } from "@/features/protocol/messages";
import { add, formatRupees, type Paise, ZERO } from "@/lib/money";

// What the fields of one message must be to each other (docs/protocol.md "Amounts"). Each check returns the first thing
// that is wrong, at the path of the field that is wrong, or null.

/** A payment's invoices and amounts, of req-pay and resp-pay alike. */
export function checkPayment(payment: Amounts & { readonly lines: readonly PaymentLineContent[] }): Refusal | null {
  const { lines } = payment;
  const path = (index: number) => `payment.invoicesPayInfos[${index}]`;
  const wrongLine = lines.reduce<Refusal | null>((found, line, i) => found ?? checkLine(line, path(i), i + 1), null);
  return checkInvoices(lines, path) ?? checkPaid(payment) ?? wrongLine ?? checkSums(payment);
}

/** A confirmation's invoices, and that only an off-platform payment is rejected. */
export function checkConfirmation(confirmation: ConfirmationContent): Refusal | null {
  if (confirmation.supplierResponse === "REJECT" && confirmation.type !== "OFFPLATFORM") {
    return refuse("REJECT_NOT_ALLOWED", "paymentConfirmation.supplierResponse");
  }
  return checkInvoices(confirmation.invoices, (index) => `paymentConfirmation.invoiceInfos[${index}]`);
}

function checkInvoices(invoices: readonly InvoiceRef[], path: (index: number) => string): Refusal | null {
  const seen = new Set<string>();
  for (const [index, invoice] of invoices.entries()) {
    if (seen.has(invoice.invoiceObjectId)) {
      const words = `Invoice ${invoice.supplierInvoiceNumber} is listed twice.`;
      return refuse("DUPLICATE_INVOICE", `${path(index)}.objectId`, words);
    }
    seen.add(invoice.invoiceObjectId);
    if (invoice.newVersion < invoice.currentVersion) {
      const words = `The new version of invoice ${index + 1} is lower than its current version.`;
      return refuse("VERSION_ORDER", `${path(index)}.objectVersion.newVersion`, words);
    }
  }
  return null;
}

function addsUp({ net, adjustment, total }: Amounts): boolean {
  return add(net, adjustment) === total;
}

function checkPaid(payment: Amounts): Refusal | null {
  if (payment.total !== ZERO || !addsUp(payment)) return null;
  return refuse("AMOUNT_ZERO", "payment.paymentAmount.totalAmount", "The payment's total is zero.");
}

function totalWords({ net, adjustment, total }: Amounts): string {
  return `net ${formatRupees(net)} plus adjustment ${formatRupees(adjustment)} is not the total ${formatRupees(total)}.`;
}

function checkLine(line: PaymentLineContent, path: string, number: number): Refusal | null {
  const field = `${path}.invoicePaymentAmount`;
  if (!addsUp(line)) return refuse("AMOUNT_TOTAL", `${field}.totalAmount`, `Invoice ${number}: ${totalWords(line)}`);
  if (line.total === ZERO) return refuse("AMOUNT_ZERO", `${field}.totalAmount`, `Invoice ${number}: nothing is paid.`);
  const splits = add(...line.splits.map(({ value }) => value));
  if (line.splits.length > 0 && splits !== line.adjustment) {
    const words = `Invoice ${number}: the splits add up to ${formatRupees(splits)}, not to the adjustment of ${formatRupees(line.adjustment)}.`;
    return refuse("SPLITS_SUM", `${field}.splits`, words);
  }
  return null;
}

const SUMS = [
  ["net", "netPaidAmount", "net amounts"],
  ["adjustment", "netAdjustmentAmount", "adjustments"],
  ["total", "totalAmount", "totals"],
] as const satisfies readonly (readonly [keyof Amounts, string, string])[];

/** The payment's own amounts; the lines are known to add up, so of the three at least one is off when a sum is. */
function checkSums(payment: Amounts & { readonly lines: readonly Amounts[] }): Refusal | null {
  const sum = (of: keyof Amounts): Paise => add(...payment.lines.map((line) => line[of]));
  const wrong = SUMS.filter(([of]) => sum(of) !== payment[of]);
  const field = (name: string) => `payment.paymentAmount.${name}`;
  if (!addsUp(payment)) {
    // When two agree with the invoices, the third is the one that is wrong.
    const name = wrong.length === 1 && wrong[0] ? wrong[0][1] : "totalAmount";
    return refuse("AMOUNT_TOTAL", field(name), `The payment: ${totalWords(payment)}`);
  }
  const [first] = wrong;
  if (!first) return null;
  const [of, name, plural] = first;
  const words = `The invoices' ${plural} add up to ${formatRupees(sum(of))}, not to the payment's ${formatRupees(payment[of])}.`;
  return refuse("AMOUNT_SUM", field(name), words);
}
