import type { Invoice } from "@/features/invoices/api";

/*
 * The bills chosen to be paid, in this browser tab alone, so that looking at one of them, or going back from the pay form to add another,
 * loses none. The storage may be missing or full: then only the comfort is lost.
 */

/** As much of a bill as choosing it takes. */
export type ChosenBill = Pick<Invoice, "id" | "duePaise" | "counterparty">;

const keyOf = (business: string) => `chukta.chosen.${business}`;

export function readChosen(business: string): readonly ChosenBill[] {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(business)) ?? "[]") as ChosenBill[];
  } catch {
    return [];
  }
}

export function keepChosen(business: string, bills: readonly ChosenBill[]): void {
  try {
    if (bills.length === 0) sessionStorage.removeItem(keyOf(business));
    else sessionStorage.setItem(keyOf(business), JSON.stringify(bills));
  } catch {}
}

/** Bills that a payment has taken, or that can't be paid any more, are not offered to another payment; the others stay chosen. */
export function forgetChosen(business: string, ids: readonly string[]): void {
  const chosen = readChosen(business);
  const left = chosen.filter(({ id }) => !ids.includes(id));
  if (left.length < chosen.length) keepChosen(business, left);
}
