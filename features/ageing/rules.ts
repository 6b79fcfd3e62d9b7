/** An age of invoices: how many days they are past their due date. */
export interface Age {
  /** The field of the API that has what is due at this age, in paise. */
  field: "notDuePaise" | "late1To30Paise" | "late31To60Paise" | "late61To90Paise" | "lateOver90Paise";
  words: string;
  /** Days late, both included; null for no bound. */
  from: number | null;
  to: number | null;
}

/** The ages that accountants report by, youngest first: each day belongs to one of them. */
export const AGES: readonly Age[] = [
  { field: "notDuePaise", words: "Not due yet", from: null, to: 0 },
  { field: "late1To30Paise", words: "1–30 days late", from: 1, to: 30 },
  { field: "late31To60Paise", words: "31–60 days late", from: 31, to: 60 },
  { field: "late61To90Paise", words: "61–90 days late", from: 61, to: 90 },
  { field: "lateOver90Paise", words: "Over 90 days late", from: 91, to: null },
];
