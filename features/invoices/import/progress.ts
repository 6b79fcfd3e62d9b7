import { typedB2bIdHint } from "@/features/counterparties/rules";
import type { ImportResult } from "@/features/invoices/api";
import { columnLabel } from "@/features/invoices/import/columns";
import { type LineDifference, lineDifference } from "@/features/invoices/import/difference";
import { type ImportedInvoice, type ImportRow, partyKey } from "@/features/invoices/import/rows";
import type { ImportTable } from "@/features/invoices/import/table";
import { duplicateKeyOf } from "@/features/invoices/rules";
import { MOST_IMPORTED_AT_ONCE } from "@/features/invoices/schema";
import { csvText } from "@/lib/csv";
import { LARGEST_SUM, type Paise, paise } from "@/lib/money";

export type Outcome = ImportResult["items"][number];

/**
 * Where a row stands: `wrong` can't be added as it is, `unseen` was not held against the books yet, `present` is there and the same,
 * `different` is there and says something else, `cancelled` was there and nothing stands in its place.
 */
export type RowState = "wrong" | "unseen" | "new" | "present" | "different" | "cancelled" | "added" | "changed";

/** A row with what has come of it. */
export interface ImportLine extends ImportRow {
  state: RowState;
  /** What is wrong with it, or what is there already; in the words of all columns. */
  words: readonly string[];
  /** Whom it is from or for, once that is known. */
  party: string;
  /** Where it is in the books. */
  invoiceId: string | null;
  /** In what the bill that is there differs; null unless it is `different`. */
  difference: LineDifference | null;
  /** It was to take the file's values and hasn't: somebody was faster. */
  isMissed: boolean;
  /** It names a party that the business doesn't know by that, without a B2B ID. */
  isOfUnknown: boolean;
}

const inWords = (column: string | null, message: string) => (column ? `${column}: ${message}` : message);

function keyOf(invoice: ImportedInvoice, b2bId: string): string {
  const { supplierInvoiceNumber, issueDate } = invoice;
  return duplicateKeyOf({ counterpartyB2BId: b2bId, supplierInvoiceNumber, issueDay: issueDate });
}

/** What has come of each row so far. A bill that stands in the file twice is added once, and changed by its first row alone. */
export function linesOf(rows: readonly ImportRow[], outcomes: ReadonlyMap<string, Outcome>): ImportLine[] {
  const first = new Map<string, number>();
  return rows.map((row): ImportLine => {
    const outcome = outcomes.get(row.objectId);
    const party =
      outcome?.counterparty?.name ?? row.texts.get("name") ?? row.texts.get("gstin") ?? row.texts.get("b2bId");
    const isOfUnknown = !row.texts.has("b2bId") && outcome?.problem?.code?.startsWith("PARTY_") === true;
    const said = { party: party ?? "", invoiceId: outcome?.invoiceId ?? null, isOfUnknown };
    const line = { ...row, ...said, difference: null, isMissed: false };
    if (!row.invoice)
      return { ...line, state: "wrong", words: row.problems.map(({ column, message }) => inWords(column, message)) };
    if (!outcome) return { ...line, state: "unseen", words: [] };
    const { problem, counterparty } = outcome;
    const words = problem ? [inWords(columnLabel(problem.path), problem.message)] : [];
    if (outcome.outcome === "refused" || !counterparty) return { ...line, state: "wrong", words };
    const key = keyOf(row.invoice, counterparty.b2bId);
    const earlier = first.get(key);
    const difference = lineDifference(row.invoice, row.texts, outcome);
    const isPresent = outcome.outcome === "present" && !outcome.cancelled;
    const isSame = isPresent && !difference && outcome.invoiceId !== null;
    if (earlier !== undefined && !isSame)
      return { ...line, state: "wrong", words: [`The same bill stands in row ${earlier}.`] };
    first.set(key, earlier ?? row.row);
    if (isPresent && !difference) return { ...line, state: "present", words: problem ? [problem.message] : [] };
    if (isPresent) {
      const isMissed = problem?.path === "edits";
      return { ...line, state: "different", words: isMissed ? words : [], difference, isMissed };
    }
    if (outcome.cancelled) return { ...line, state: "cancelled", words: problem ? [problem.message] : [] };
    if (counterparty.isNew) {
      const { b2bId } = counterparty;
      words.push([`${b2bId} was not among your parties before.`, typedB2bIdHint(b2bId)].filter(Boolean).join(" "));
    }
    return { ...line, state: outcome.outcome, words };
  });
}

/** The bill that is there may take the row's values. */
export const isChangeable = ({ difference }: Pick<ImportLine, "difference">): boolean => difference?.refusal === null;

/** What a row sends to be written: itself where it is new, and where that is chosen, the change of a bill or one that was cancelled. */
export function toWrite({ state, invoice, difference }: ImportLine, isChosen: boolean): ImportedInvoice | null {
  if (state === "new") return invoice;
  if (!isChosen) return null;
  if (state === "cancelled") return invoice && { ...invoice, anew: true };
  return difference && isChangeable({ difference }) ? difference.edit : null;
}

/**
 * Parties that the file names and the business doesn't know by that, each once, with how many rows name it. In the file's order, as they
 * are found: while one is answered none may move away from under it.
 */
export function unknownParties(lines: readonly ImportLine[]): { key: string; called: string; count: number }[] {
  const found = new Map<string, { key: string; called: string; count: number }>();
  for (const { isOfUnknown, texts, party } of lines) {
    if (!isOfUnknown) continue;
    const key = partyKey(texts);
    found.set(key, { key, called: party, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

/** Below what a request's body may have (64 KB), in bytes. */
const MOST_BYTES_AT_ONCE = 48 * 1024;

/** The invoices parted into requests, each within the limits of number and size. */
export function batchesOf(invoices: readonly ImportedInvoice[]): ImportedInvoice[][] {
  const encoder = new TextEncoder();
  const batches: ImportedInvoice[][] = [];
  let bytes = 0;
  for (const invoice of invoices) {
    const size = encoder.encode(JSON.stringify(invoice)).byteLength + 1;
    const batch = batches.at(-1);
    if (batch && batch.length < MOST_IMPORTED_AT_ONCE && bytes + size <= MOST_BYTES_AT_ONCE) {
      batch.push(invoice);
      bytes += size;
    } else {
      batches.push([invoice]);
      bytes = size;
    }
  }
  return batches;
}

const WHAT_IS_WRONG = "What is wrong";

/** The rows that were not added, as a file of the same columns with what is wrong beside each: to be mended and imported again. */
export function leftOutCsv({ headings }: ImportTable, lines: readonly ImportLine[]): string {
  // A file that was left out before says already what was wrong then.
  const kept = [...headings.keys()].filter((index) => headings[index] !== WHAT_IS_WRONG);
  const line = (cells: readonly string[], words: string) => [...kept.map((index) => cells[index] ?? ""), words];
  return csvText([line(headings, WHAT_IS_WRONG), ...lines.map(({ cells, words }) => line(cells, words.join(" ")))]);
}

/** What lines come to together, in paise; never more than what a number holds exactly. */
export function totalOf(lines: readonly ImportLine[]): Paise {
  const sum = lines.reduce((total, { invoice }) => total + (invoice?.totalPaise ?? 0), 0);
  return paise(Math.min(sum, LARGEST_SUM));
}
