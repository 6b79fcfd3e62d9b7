import { useEffect, useRef, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { type TabStorage, useTabStorage } from "./tab-storage";

/*
 * A form that was begun outlives a look at another page (a supplier's B2B ID has to be found somewhere), a reload and a lost session.
 */

function readDraft<Values extends FieldValues>(
  tab: TabStorage,
  name: string,
  fields: readonly string[],
): Values | null {
  try {
    const draft = JSON.parse(tab.read(name) ?? "null") as Values | null;
    // Only one of the form as it is now fits.
    return draft && fields.every((field) => draft[field] !== undefined) ? draft : null;
  } catch {
    return null;
  }
}

function keepDraft<Values>(tab: TabStorage, name: string, values: Values | null): void {
  if (values) tab.keep(name, JSON.stringify(values));
  else tab.drop(name);
}

/** Whether anything is no longer as the form opened with it. */
function isChanged<Values extends FieldValues>(values: Values, opened: Readonly<FieldValues>): boolean {
  return Object.keys(opened).some((field) => JSON.stringify(values[field]) !== JSON.stringify(opened[field]));
}

/**
 * Keeps what is typed into the form, and fills it in when the form is opened again.
 * @param name of the form in what the tab keeps; for a change, with the version that is changed: another one is another form
 * @param isBegun whether there is anything to keep
 * @returns whether something was filled in, how to begin anew, and how to forget it all once it is saved
 */
export function useFormDraft<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  name: string,
  isBegun: (values: Values, opened: Readonly<FieldValues>) => boolean = isChanged,
) {
  const tab = useTabStorage();
  const [isFilledIn, setFilledIn] = useState(false);
  const isSaved = useRef(false);
  // Not before hydration: the server knows nothing of it.
  useEffect(() => {
    const opened = form.formState.defaultValues ?? {};
    const draft = readDraft<Values>(tab, name, Object.keys(opened));
    if (draft) form.reset(draft, { keepDefaultValues: true });
    setFilledIn(draft !== null);
    const subscription = form.watch(() => {
      const values = form.getValues();
      // Who a new party is, is read again once it is saved, and written into the form that is about to go.
      keepDraft(tab, name, isBegun(values, opened) && !isSaved.current ? values : null);
    });
    return () => subscription.unsubscribe();
  }, [form, tab, name, isBegun]);
  return {
    isFilledIn,
    beginAnew: () => {
      form.reset();
      keepDraft(tab, name, null);
      setFilledIn(false);
    },
    forget: () => {
      isSaved.current = true;
      keepDraft(tab, name, null);
    },
  };
}
