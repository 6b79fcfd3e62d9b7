import type { InvoiceSideName } from "@/features/invoices/schema";
import type { PaymentSideName } from "@/features/payments/api";
import { add, type Paise, subtract, withoutSign, ZERO } from "@/lib/money";
import { addDays, financialYear } from "@/lib/time";

// What a ledger is made of. No clock, no database.

/** From one calendar day (2026-11-20) to another; both belong to it. */
export interface Period {
  from: string;
  to: string;
}

/** India's financial year that a day belongs to: 1 April to 31 March. */
function yearOf(day: string): Period {
  const begins = Number(financialYear(day).slice(0, 4));
  return { from: `${begins}-04-01`, to: `${begins + 1}-03-31` };
}

function monthOf(day: string): Period {
  const from = `${day.slice(0, 7)}-01`;
  // Any month ends within 31 days of its first: the day 32 days on is in the next one.
  const next = addDays(from, 32).slice(0, 7);
  return { from, to: addDays(`${next}-01`, -1) };
}

/** The periods that people choose with one press, as of today. */
export const QUICK_PERIODS = {
  "this-year": yearOf,
  "last-year": (today: string) => yearOf(addDays(yearOf(today).from, -1)),
  "this-month": monthOf,
  "last-month": (today: string) => monthOf(addDays(monthOf(today).from, -1)),
} as const satisfies Record<string, (today: string) => Period>;
export type QuickPeriod = keyof typeof QUICK_PERIODS;

/** The quick choice that comes to these days; null where they are others. */
export function quickPeriodOf({ from, to }: Period, today: string): QuickPeriod | null {
  const names = Object.keys(QUICK_PERIODS) as QuickPeriod[];
  return (
    names.find((name) => {
      const period = QUICK_PERIODS[name](today);
      return period.from === from && period.to === to;
    }) ?? null
  );
}

/** The period that is asked for: this financial year, as far as the question leaves its days out. */
export function periodOf(
  { from, to }: { from?: string | null | undefined; to?: string | null | undefined },
  today: string,
): Period {
  return {
    from: from ?? yearOf(to ?? today).from,
    to: to ?? yearOf(from && from > today ? from : today).to,
  };
}

/** The payments that settle a side's invoices: those made, or those received. */
export const paymentSideOf = (side: InvoiceSideName): PaymentSideName => (side === "payable" ? "outgoing" : "incoming");

/**
 * Which column an amount stands in, as the business that keeps the books sees the party: what it owes is credit, what it is owed debit.
 * @param amount paise by which what is owed on that side grows (an invoice) or, below zero, is settled (a payment)
 */
export function columnsOf(side: InvoiceSideName, amount: Paise): { debitPaise: Paise; creditPaise: Paise } {
  const isDebit = side === "receivable" ? amount > 0 : amount < 0;
  const size = withoutSign(amount);
  return isDebit ? { debitPaise: size, creditPaise: ZERO } : { debitPaise: ZERO, creditPaise: size };
}

/** "Dr", "Cr" or nothing, as accountants read a balance of what is owed on that side, in paise. */
export function balanceSide(side: InvoiceSideName, balance: number): "Dr" | "Cr" | null {
  if (balance === 0) return null;
  return balance > 0 === (side === "receivable") ? "Dr" : "Cr";
}

/** A part of what a payment settles without money, in paise; its name and reference are empty where nobody said what it is. */
export interface Adjustment {
  name: string;
  refNo: string;
  valuePaise: Paise;
}

/** A payment's adjustment in its parts: those that are told apart, and what is left of it. */
export function adjustmentsOf(adjustment: Paise, told: readonly Adjustment[]): Adjustment[] {
  const rest = subtract(adjustment, add(ZERO, ...told.map(({ valuePaise }) => valuePaise)));
  const parts = told.filter(({ valuePaise }) => valuePaise > 0);
  return rest > 0 ? [...parts, { name: "", refNo: "", valuePaise: rest }] : parts;
}
