import type { InvoiceSideName } from "@/features/invoices/schema";
import { type Adjustment, balanceSide } from "@/features/ledger/rules";
import { formatRupees, paise, withoutSign } from "@/lib/money";

/** "₹1,000.00 Cr": a balance of what is owed on that side, in paise. */
export function balanceText(side: InvoiceSideName, balance: number): string {
  const amount = formatRupees(withoutSign(paise(balance)));
  const column = balanceSide(side, balance);
  return column ? `${amount} ${column}` : amount;
}

/** Who owes whom by a balance, in paise. */
export function owedWords(side: InvoiceSideName, balance: number): string {
  if (balance === 0) return "Nothing is owed";
  return balanceSide(side, balance) === "Cr" ? "You owe them" : "They owe you";
}

/** "TDS, 194C": what a part of an adjustment is. */
export function adjustmentWords({ name, refNo }: Pick<Adjustment, "name" | "refNo">): string {
  return [name || "Adjustment", refNo].filter(Boolean).join(", ");
}

/** What counts in a ledger and what doesn't, for whoever reads its balances. */
export const COUNTED_WORDS: Record<InvoiceSideName, string> = {
  payable:
    "A bill counts from its own date, with its amount as it is now. A payment counts once the supplier has confirmed it, on the day it was paid, with its TDS and other adjustments. Cancelled, returned and rejected bills don't count, nor do payments that were rejected or failed.",
  receivable:
    "An invoice counts from its own date, with its amount as it is now. A payment counts once you have confirmed it and the buyer's side has your answer, on the day it was paid, with its TDS and other adjustments. Cancelled, returned and rejected invoices don't count, nor do payments that were rejected or failed.",
};
