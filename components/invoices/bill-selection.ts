import { useEffect, useState } from "react";
import { type ChosenBill as Bill, keepChosen, readChosen } from "@/components/invoices/chosen-bills";
import { useTabStorage } from "@/components/ui/tab-storage";
import type { Invoice } from "@/features/invoices/api";
import { MAX_BILLS } from "@/features/payments/schema";

/** Why a bill can't be chosen beside those that are chosen, in words; null when it can. */
export function whyNot(chosen: readonly Bill[], bill: Bill): string | null {
  if (chosen.some((one) => one.id === bill.id)) return null;
  if (bill.duePaise === 0) return "Nothing is due on this bill";
  const supplier = chosen[0]?.counterparty;
  if (supplier && supplier.b2bId !== bill.counterparty.b2bId)
    return `One payment is for one supplier: you have chosen ${supplier.name}`;
  return chosen.length >= MAX_BILLS ? `One payment takes ${MAX_BILLS} bills at most` : null;
}

export interface AllOf<B extends Bill> {
  state: "none" | "some" | "all";
  /** What choosing all would choose, or taking all back would take back. */
  bills: readonly B[];
  /** Whose they are. */
  supplier?: string;
  /** Why all can't be chosen at once, in words; null when they can. */
  whyNot: string | null;
}

/** All bills on the page that one payment can take: those of the supplier chosen already, or of the only one that is owed there. */
export function allOf<B extends Bill>(chosen: readonly Bill[], page: readonly B[]): AllOf<B> {
  const payable = page.filter((bill) => bill.duePaise > 0);
  const supplier = chosen[0]?.counterparty ?? payable[0]?.counterparty;
  const theirs = payable.filter((bill) => bill.counterparty.b2bId === supplier?.b2bId);
  const none = (why: string) => ({ state: "none", bills: [], whyNot: why }) as const;
  if (!supplier) return none("Nothing is due on this page");
  if (chosen.length === 0 && theirs.length < payable.length)
    return none("One payment is for one supplier: choose a bill first");
  if (theirs.length === 0) return none(`${supplier.name} has no other bills on this page`);
  const isChosen = (bill: Bill) => chosen.some((one) => one.id === bill.id);
  const room = MAX_BILLS - chosen.filter((one) => !theirs.some((bill) => bill.id === one.id)).length;
  const count = theirs.filter(isChosen).length;
  if (room <= 0) return none(`One payment takes ${MAX_BILLS} bills at most`);
  const state = count === 0 ? "none" : count >= Math.min(theirs.length, room) ? "all" : "some";
  const fitting = [...theirs.filter(isChosen), ...theirs.filter((bill) => !isChosen(bill))].slice(0, room);
  return { state, bills: fitting, supplier: supplier.name, whyNot: null };
}

/** What is chosen as the page has it now: with what is due by now, and without what is not due any more. The same where nothing changed. */
export function asShown(chosen: readonly Bill[], page: readonly Bill[]): readonly Bill[] {
  const now = chosen.flatMap((one) => {
    const shown = page.find(({ id }) => id === one.id);
    if (!shown || shown.duePaise === one.duePaise) return [one];
    return shown.duePaise > 0 ? [{ ...one, duePaise: shown.duePaise }] : [];
  });
  return now.length === chosen.length && now.every((one, index) => one === chosen[index]) ? chosen : now;
}

const toBill = ({ id, duePaise, counterparty }: Invoice): Bill => ({ id, duePaise, counterparty });

/** The bills that a payment is to take, one by one or all of a page's at once. Kept in this tab until a payment has taken them. */
export function useBillSelection(business: string) {
  const tab = useTabStorage();
  const [chosen, setChosen] = useState<readonly Bill[]>([]);
  // Not before hydration: the server knows nothing of it.
  useEffect(() => setChosen(readChosen(tab, business)), [tab, business]);
  function choose(bills: readonly Bill[]) {
    setChosen(bills);
    keepChosen(tab, business, bills);
  }
  const without = (bills: readonly Bill[]) => chosen.filter((one) => !bills.some(({ id }) => id === one.id));
  const has = (id: string) => chosen.some((bill) => bill.id === id);
  return {
    chosen,
    clear: () => choose([]),
    has,
    toggle: (invoice: Invoice) => choose(has(invoice.id) ? without([invoice]) : [...chosen, toBill(invoice)]),
    whyNot: (invoice: Invoice) => whyNot(chosen, invoice),
    allOf: (page: readonly Invoice[]) => allOf(chosen, page),
    toggleAll: (page: readonly Invoice[]) => {
      const { state, bills } = allOf(chosen, page);
      choose(state === "all" ? without(bills) : [...without(bills), ...bills.map(toBill)]);
    },
    /** To be told of each page that is shown. */
    see: (page: readonly Invoice[]) => {
      const now = asShown(chosen, page);
      if (now !== chosen) choose(now);
    },
  };
}

export type BillSelection = ReturnType<typeof useBillSelection>;
