import type { z } from "zod";
import { type ColumnKey, columnLabel } from "@/features/invoices/import/columns";
import type { ImportTable, TableRow } from "@/features/invoices/import/table";
import { importedInvoiceSchema } from "@/features/invoices/schema";
import { unguarded } from "@/lib/csv";
import { fieldProblems, issueWords } from "@/lib/http/issues";
import { parseRupees } from "@/lib/money";
import { addDays, formatDay } from "@/lib/time";
import { readTypedDay } from "@/lib/typed-day";

export type ImportedInvoice = z.input<typeof importedInvoiceSchema>;

/** What is wrong with a row: in which column, when it is one's. */
export interface RowProblem {
  column: string | null;
  message: string;
}

/** One row of a file as a bill or an invoice. */
export interface ImportRow extends TableRow {
  /** What stands there, as it is shown where it couldn't be read. */
  texts: ReadonlyMap<ColumnKey, string>;
  /** Null while there are problems. */
  invoice: ImportedInvoice | null;
  problems: readonly RowProblem[];
}

function textsOf({ columns }: ImportTable, cells: readonly string[]): Map<ColumnKey, string> {
  const texts = [...columns].map(([key, index]) => [key, unguarded((cells[index] ?? "").trim()).trim()] as const);
  return new Map(texts.filter(([, text]) => text !== ""));
}

const DAYS = ["issueDate", "dueDate"] as const;

/** Whether a file writes the month first somewhere: the first row that can't be read otherwise. */
function monthFirstRow(rows: readonly { row: number; texts: ReadonlyMap<ColumnKey, string> }[]): number | null {
  const isMonthFirst = (text: string) => {
    const { dayFirst, monthFirst } = readTypedDay(text);
    return dayFirst === null && monthFirst !== null;
  };
  return rows.find(({ texts }) => DAYS.some((key) => isMonthFirst(texts.get(key) ?? "")))?.row ?? null;
}

type DayRead = { day: string } | { words: string };

function readDay(text: string, monthFirst: number | null): DayRead {
  const { dayFirst, monthFirst: other } = readTypedDay(text);
  if (!dayFirst)
    return {
      words: other
        ? `“${text}” has the month first. Write the day first, or the year: 20-11-2026 or 2026-11-20.`
        : `“${text}” is not a date. Write it as 20-11-2026.`,
    };
  if (monthFirst !== null && other !== null && other !== dayFirst)
    return {
      words: `“${text}” may be ${formatDay(dayFirst)} or ${formatDay(other)}: row ${monthFirst} has the month first. Write the year first in all rows, as 2026-11-20.`,
    };
  return { day: dayFirst };
}

/** What somebody says beside the file. */
export interface Said {
  /** Days after its invoice date on which a row without a due date is due; null when each row must have one. */
  dueDays: number | null;
  /** The B2B IDs of parties that the file only names, by `partyKey`. */
  parties: ReadonlyMap<string, string>;
}

export const NOTHING_SAID: Said = { dueDays: null, parties: new Map() };

/** Whom a row names, where it has no B2B ID: rows with the same key mean the same party. */
export const partyKey = (texts: ImportRow["texts"]): string =>
  JSON.stringify([texts.get("name")?.toLowerCase() ?? "", texts.get("gstin")?.toUpperCase() ?? ""]);

/** The rows of a file as bills or invoices, each with all that is wrong with it. */
export function rowsOf(table: ImportTable, said: Said): ImportRow[] {
  const read = table.rows.map((row) => ({ ...row, texts: textsOf(table, row.cells) }));
  const monthFirst = monthFirstRow(read);
  return read.map((row) => ({ ...row, ...invoiceOf(row, monthFirst, said) }));
}

function invoiceOf(
  { objectId, texts }: Pick<ImportRow, "objectId" | "texts">,
  monthFirst: number | null,
  { dueDays, parties }: Said,
): Pick<ImportRow, "invoice" | "problems"> {
  const unread = new Map<string, string>();
  const days: Partial<Record<(typeof DAYS)[number], string>> = {};
  for (const key of DAYS) {
    const text = texts.get(key);
    if (text === undefined) continue;
    const result = readDay(text, monthFirst);
    if ("day" in result) days[key] = result.day;
    else unread.set(key, result.words);
  }
  if (!texts.has("issueDate")) unread.set("issueDate", "Enter the invoice date.");
  if (!texts.has("dueDate")) {
    if (dueDays === null) unread.set("dueDate", "Enter the due date.");
    else if (days.issueDate) days.dueDate = addDays(days.issueDate, dueDays);
    else unread.set("dueDate", "It follows from the invoice date.");
  }
  const amount = texts.get("totalPaise");
  const totalPaise = amount === undefined ? undefined : parseRupees(amount);
  if (totalPaise === null) unread.set("totalPaise", `“${amount}” is not an amount. Write it like 1,23,456.50.`);
  const capital = (key: "gstin" | "bankIfsc") => texts.get(key)?.toUpperCase();
  const candidate = {
    objectId,
    counterparty: {
      b2bId: texts.get("b2bId") ?? parties.get(partyKey(texts)),
      name: texts.get("name"),
      gstin: capital("gstin"),
      vpa: texts.get("vpa"),
      bankAccountNumber: texts.get("bankAccountNumber")?.replace(/[\s-]/g, ""),
      bankIfsc: capital("bankIfsc"),
      bankBeneficiaryName: texts.get("bankBeneficiaryName"),
    },
    supplierInvoiceNumber: texts.get("supplierInvoiceNumber"),
    description: texts.get("description"),
    ...days,
    totalPaise,
  };
  const parsed = importedInvoiceSchema.safeParse(candidate, { error: issueWords });
  const wrong = parsed.success ? [] : fieldProblems(parsed.error).filter(({ path }) => !unread.has(path));
  const problems = [
    ...[...unread].map(([path, message]) => ({ column: columnLabel(path), message })),
    ...wrong.map(({ path, message }) => ({ column: columnLabel(path), message })),
  ];
  return { problems, invoice: parsed.success && problems.length === 0 ? (candidate as ImportedInvoice) : null };
}
