import type { TabStorage } from "@/components/ui/tab-storage";
import type { PayValues } from "@/features/payments/form";
import { mintPaymentObjectId } from "@/lib/ids";

/** What is kept of an open pay form, so that a reload loses nothing typed and can't pay twice. */
export interface Draft {
  /** The payment's id, the same over every try to send this form. */
  objectId: string;
  values: PayValues;
  /** When the form was opened, which is the day and time of payment that it began with. */
  openedAt: string;
  /** It was sent at least once: whether it arrived has to be asked before it is sent again. */
  sent: boolean;
}

/** One draft a tab, person, business and choice of bills, those that can't be paid any more included. */
export function draftKey(business: string, invoiceIds: readonly string[], again?: string): string {
  return `${draftsOf(business)}${again ?? ""}:${[...invoiceIds].sort().join(",")}`;
}

/** How the keys of a business's drafts begin. */
const draftsOf = (business: string) => `pay:${business}:`;

/**
 * The draft, as far as it is about the bills that can still be paid. One that was left out while the form stood open and can be paid
 * again since stays out: the others' amounts are what was typed, or paid already.
 */
export function loadDraft(tab: TabStorage, key: string, invoiceIds: readonly string[]): Draft | null {
  try {
    const draft = JSON.parse(tab.read(key) ?? "null") as Draft | null;
    // Only one of the form as it is now fits.
    if (draft?.values.money === undefined) return null;
    const lines = draft.values.lines.filter((line) => invoiceIds.includes(line.invoiceId));
    return lines.length === 0 && invoiceIds.length > 0 ? null : { ...draft, values: { ...draft.values, lines } };
  } catch {
    return null;
  }
}

export function newDraft(values: PayValues, now: Date): Draft {
  return { objectId: mintPaymentObjectId(), values, openedAt: now.toISOString(), sent: false };
}

/**
 * The draft as the form opens with it. Where nothing was typed yet it is filled in anew: by a form that was only looked at yesterday a
 * payment of today would be told as one of yesterday. Its id stays, which a UPI app may have been handed.
 * @param begin the form as it opens at a moment
 */
export function draftToOpen(kept: Draft | null, begin: (at: Date) => PayValues, now: Date): Draft {
  if (!kept) return newDraft(begin(now), now);
  const asOpened = begin(new Date(kept.openedAt));
  const isTyped = kept.sent || JSON.stringify(kept.values) !== JSON.stringify(asOpened);
  return isTyped ? kept : { ...kept, values: begin(now), openedAt: now.toISOString() };
}

/** Where the browser keeps nothing (private windows, full storage) the form still works; a reload begins anew. */
export const saveDraft = (tab: TabStorage, key: string, draft: Draft): void => tab.keep(key, JSON.stringify(draft));

/** For a payment that was given up: its form, whose reply may have been lost, would lead to it once more. Whoever pays begins anew. */
export function dropDraftOf(tab: TabStorage, business: string, objectId: string): void {
  for (const key of tab.keysOf(draftsOf(business))) if (loadDraft(tab, key, [])?.objectId === objectId) tab.drop(key);
}
