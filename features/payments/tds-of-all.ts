import { newSplit, type PayBill, type PayLineValues, type PaySplitValues } from "@/features/payments/form";
import { sectionText, type TdsSection, taxOn } from "@/features/payments/tds";
import { beforeTax, type Paise, paise, parseRupees, toFieldText } from "@/lib/money";

// TDS of one section for all bills of a pay form at once. What it enters stands in each bill's line, to be changed there.

/** What comes of one bill. Paise. */
export interface BillTds {
  bill: PayBill;
  /** The bill without its GST, which tax is deducted from. */
  taxable: Paise;
  tax: Paise;
  /** Why nothing is entered, in words; null where it is. */
  leftOut: string | null;
  /** The TDS that is entered now and gives way, where it is another amount. */
  insteadOf: Paise | null;
  /** The line's adjustments with it. */
  splits: PaySplitValues[];
}

const isTds = ({ name }: PaySplitValues): boolean => name === "TDS";

/**
 * Works out the TDS of each bill, as its line stands now.
 * @param gstRate what the bills hold of GST, in basis points
 */
export function tdsOfAll(
  lines: readonly PayLineValues[],
  bills: readonly PayBill[],
  section: TdsSection,
  gstRate: number,
): BillTds[] {
  return lines.flatMap((line) => {
    const bill = bills.find(({ id }) => id === line.invoiceId);
    return bill ? [tdsOf(line, bill, section, gstRate)] : [];
  });
}

function tdsOf({ splits }: PayLineValues, bill: PayBill, section: TdsSection, gstRate: number): BillTds {
  const taxable = beforeTax(paise(bill.totalPaise), gstRate);
  const tax = taxOn(taxable, section.rate);
  const entered = splits.filter(isTds);
  const now = entered.length === 1 ? parseRupees(entered[0]?.valuePaise ?? "") : null;
  const filled = { ...newSplit("TDS"), valuePaise: toFieldText(tax), refNo: sectionText(section, bill.issueDate) };
  return {
    bill,
    taxable,
    tax,
    leftOut: reasonToLeaveOut(bill, tax, entered.length),
    insteadOf: now === tax ? null : now,
    splits: entered.length === 0 ? [...splits, filled] : splits.map((split) => (isTds(split) ? filled : split)),
  };
}

function reasonToLeaveOut(bill: PayBill, tax: Paise, entered: number): string | null {
  if (bill.duePaise < bill.totalPaise) return "A part of it is settled: was TDS deducted then?";
  if (entered > 1) return "It has more than one TDS already.";
  return tax === 0 ? "The tax comes to nothing." : null;
}
