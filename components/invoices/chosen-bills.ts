import type { TabStorage } from "@/components/ui/tab-storage";
import type { Invoice } from "@/features/invoices/api";

/*
 * The bills chosen to be paid, so that looking at one of them, or going back from the pay form to add another, loses none.
 */

/** As much of a bill as choosing it takes. */
export type ChosenBill = Pick<Invoice, "id" | "duePaise" | "counterparty">;

const keyOf = (business: string) => `chosen:${business}`;

export function readChosen(tab: TabStorage, business: string): readonly ChosenBill[] {
  try {
    return JSON.parse(tab.read(keyOf(business)) ?? "[]") as ChosenBill[];
  } catch {
    return [];
  }
}

export function keepChosen(tab: TabStorage, business: string, bills: readonly ChosenBill[]): void {
  if (bills.length === 0) tab.drop(keyOf(business));
  else tab.keep(keyOf(business), JSON.stringify(bills));
}

/** Bills that a payment has taken, or that can't be paid any more, are not offered to another payment; the others stay chosen. */
export function forgetChosen(tab: TabStorage, business: string, ids: readonly string[]): void {
  const left = readChosen(tab, business).filter(({ id }) => !ids.includes(id));
  keepChosen(tab, business, left);
}
