import { useEffect, useRef, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { type TabStorage, useTabStorage } from "@/components/ui/tab-storage";
import type { InvoiceValues } from "@/features/invoices/form";
import type { InvoiceSideName } from "@/features/invoices/schema";

/*
 * A bill or an invoice that was begun outlives a look at another page (the supplier's B2B ID has to be found somewhere), a reload and a
 * lost session.
 */

const keyOf = (business: string, side: InvoiceSideName) => `new:${business}:${side}`;

function readDraft(tab: TabStorage, key: string): InvoiceValues | null {
  try {
    const draft = JSON.parse(tab.read(key) ?? "null") as InvoiceValues | null;
    // Only one of the form as it is now fits.
    return draft?.counterparty?.b2bId === undefined ? null : draft;
  } catch {
    return null;
  }
}

function keepDraft(tab: TabStorage, key: string, values: InvoiceValues | null): void {
  if (values) tab.keep(key, JSON.stringify(values));
  else tab.drop(key);
}

/** Whether somebody has typed more than days, which stand there from the first. */
function isBegun({ counterparty, supplierInvoiceNumber, description, totalPaise }: InvoiceValues): boolean {
  const texts = [supplierInvoiceNumber, description, totalPaise, ...Object.values(counterparty)];
  return texts.some((text) => text?.trim());
}

interface DraftOf {
  business: string;
  side: InvoiceSideName;
  /** The form as it opens with nothing typed. */
  empty: InvoiceValues;
}

/**
 * Keeps what is typed into the form, and fills it in when the form is opened again.
 * @returns whether something was filled in, how to begin anew, and how to forget it all once it is saved
 */
export function useInvoiceDraft<Output>(
  form: UseFormReturn<InvoiceValues, unknown, Output>,
  { business, side, empty }: DraftOf,
) {
  const tab = useTabStorage();
  const key = keyOf(business, side);
  const [isFilledIn, setFilledIn] = useState(false);
  const isSaved = useRef(false);
  // Not before hydration: the server knows nothing of it.
  useEffect(() => {
    const draft = readDraft(tab, key);
    if (draft) form.reset(draft, { keepDefaultValues: true });
    setFilledIn(draft !== null);
    const subscription = form.watch(() => {
      const values = form.getValues();
      // Who a new party is, is read again once it is saved, and written into the form that is about to go.
      keepDraft(tab, key, isBegun(values) && !isSaved.current ? values : null);
    });
    return () => subscription.unsubscribe();
  }, [form, tab, key]);
  return {
    isFilledIn,
    beginAnew: () => {
      form.reset(empty);
      keepDraft(tab, key, null);
      setFilledIn(false);
    },
    forget: () => {
      isSaved.current = true;
      keepDraft(tab, key, null);
    },
  };
}
