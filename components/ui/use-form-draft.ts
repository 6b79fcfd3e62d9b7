import { useCallback, useEffect, useRef, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { carryOver, type OthersChange } from "./carry-over";
import { type TabStorage, useTabStorage } from "./tab-storage";

/*
 * A form that was begun outlives a look at another page (a supplier's B2B ID has to be found somewhere), a reload and a lost session;
 * and one that changes something outlives that somebody else was faster.
 */

/** What was typed, and what the form had opened with. */
interface Draft<Values> {
  opened: Values;
  typed: Values;
}

function readDraft<Values extends FieldValues>(
  tab: TabStorage,
  name: string,
  fields: readonly string[],
): Draft<Values> | null {
  try {
    const { opened, typed } = JSON.parse(tab.read(name) ?? "{}") as Partial<Draft<Values>>;
    // Only one of the form as it is now fits.
    return opened && typed && fields.every((field) => typed[field] !== undefined) ? { opened, typed } : null;
  } catch {
    return null;
  }
}

function keepDraft<Values>(tab: TabStorage, name: string, draft: Draft<Values> | null): void {
  if (draft) tab.keep(name, JSON.stringify(draft));
  else tab.drop(name);
}

/** Whether anything is no longer as the form opened with it. */
function isChanged<Values extends FieldValues>(values: Values, opened: Readonly<Values>): boolean {
  return Object.keys(opened).some((field) => JSON.stringify(values[field]) !== JSON.stringify(opened[field]));
}

export interface FormDraft<Values> {
  /** Something that was typed before was filled in. */
  isFilledIn: boolean;
  /** What others have saved since what stands in the form was typed. */
  othersChanges: readonly OthersChange<Values>[];
  /** Goes on from newer values, with what is typed: somebody else was faster. */
  carryOn: (now: Values) => void;
  beginAnew: () => void;
  /** Once it is saved. */
  forget: () => void;
}

/**
 * Keeps what is typed into the form, and fills it in when the form is opened again; what others saved in between is taken over where
 * nothing was typed.
 * @param name of the form in what the tab keeps
 * @param isBegun whether there is anything to keep
 */
export function useFormDraft<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  name: string,
  isBegun: (values: Values, opened: Readonly<Values>) => boolean = isChanged,
): FormDraft<Values> {
  const tab = useTabStorage();
  const [isFilledIn, setFilledIn] = useState(false);
  const [othersChanges, setOthersChanges] = useState<readonly OthersChange<Values>[]>([]);
  const isSaved = useRef(false);
  const opened = useRef<Values | null>(null);

  const fillIn = useCallback(
    (draft: Draft<Values>, now: Values) => {
      const { values, changes } = carryOver(draft.typed, draft.opened, now);
      opened.current = now;
      form.reset(now);
      form.reset(values, { keepDefaultValues: true });
      setOthersChanges(changes);
    },
    [form],
  );

  // Not before hydration: the server knows nothing of it.
  useEffect(() => {
    const now = (form.formState.defaultValues ?? {}) as Values;
    opened.current = now;
    const draft = readDraft<Values>(tab, name, Object.keys(now));
    if (draft) fillIn(draft, now);
    setFilledIn(draft !== null);
    const subscription = form.watch(() => {
      if (!opened.current) return;
      const typed = form.getValues();
      // Who a new party is, is read again once it is saved, and written into the form that is about to go.
      const isKept = isBegun(typed, opened.current) && !isSaved.current;
      keepDraft(tab, name, isKept ? { opened: opened.current, typed } : null);
    });
    return () => subscription.unsubscribe();
  }, [form, tab, name, isBegun, fillIn]);

  return {
    isFilledIn,
    othersChanges,
    carryOn: (now) => fillIn({ typed: form.getValues(), opened: opened.current ?? now }, now),
    beginAnew: () => {
      form.reset();
      keepDraft(tab, name, null);
      setFilledIn(false);
      setOthersChanges([]);
    },
    forget: () => {
      isSaved.current = true;
      keepDraft(tab, name, null);
    },
  };
}
