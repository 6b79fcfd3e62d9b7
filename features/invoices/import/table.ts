import Papa from "papaparse";
import { type ColumnKey, columnsOf, IMPORT_COLUMNS, PARTY_COLUMNS } from "@/features/invoices/import/columns";
import { MOST_BYTES } from "@/features/invoices/import/decode";
import { mintInvoiceObjectId } from "@/lib/ids";

/** So many bills may stand in one file. */
export const MOST_ROWS = 2_000;

/** Programs write titles above the headings: these stand within so many rows. */
const HEADINGS_WITHIN = 30;

/** Rows that are read at most: with empty ones between. */
const MOST_READ = 2 * MOST_ROWS + HEADINGS_WITHIN;

const MOST_COLUMNS = 200;

/** One row of a file: its number as a spreadsheet counts, and the id of its bill, so that a second try adds nothing twice. */
export interface TableRow {
  row: number;
  objectId: string;
  cells: readonly string[];
}

/** A file of bills, as a table. */
export interface ImportTable {
  headings: readonly string[];
  columns: ReadonlyMap<ColumnKey, number>;
  rows: readonly TableRow[];
}

export type ReadTable = { table: ImportTable } | { problem: string };

const isEmpty = (cells: readonly string[]) => cells.every((cell) => cell.trim() === "");

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(", ");

/** What the best row of headings lacks, in words; null when it lacks nothing. */
function lacking(columns: ReadonlyMap<ColumnKey, number>): string | null {
  const missing = IMPORT_COLUMNS.filter(({ key, needed }) => needed && !columns.has(key)).map(({ label }) => label);
  if (!PARTY_COLUMNS.some((key) => columns.has(key))) missing.push("Party");
  if (missing.length === 0) return null;
  const words = missing.length === 1 ? "There is no column" : "There are no columns";
  return `${words} ${quoted(missing)}. The first row should name the columns.`;
}

/** Where the headings stand: the row that names most of the columns, among the first ones. */
function findHeadings(rows: readonly string[][]): { at: number; columns: Map<ColumnKey, number> } {
  let best = { at: 0, columns: new Map<ColumnKey, number>() };
  for (const [at, cells] of rows.slice(0, HEADINGS_WITHIN).entries()) {
    const columns = columnsOf(cells);
    if (columns.size > best.columns.size) best = { at, columns };
  }
  return best;
}

/**
 * Reads a table as CSV, or as cells that were copied from a spreadsheet: parted by commas, semicolons, tabs or bars. Bounded in
 * characters, rows and columns; whatever the text is, it is only ever text.
 */
export function readTable(text: string): ReadTable {
  if (text.length > MOST_BYTES) return { problem: "This is more than 2 MB of text. Import it in several parts." };
  const { data, errors, meta } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
    preview: MOST_READ,
    delimitersToGuess: [",", "\t", ";", "|"],
  });
  const broken = errors.find((error) => error.type === "Quotes");
  if (broken)
    return {
      problem: `Row ${(broken.row ?? 0) + 1} has a quotation mark (") that isn't closed. Close it or take it out.`,
    };
  if (data.every(isEmpty)) return { problem: "There is nothing in it." };
  if (data.some((cells) => cells.length > MOST_COLUMNS))
    return { problem: `There are more than ${MOST_COLUMNS} columns.` };
  const { at, columns } = findHeadings(data);
  const lacks = lacking(columns);
  if (lacks) return { problem: lacks };
  const rows = data.flatMap((cells, index): TableRow[] =>
    index <= at || isEmpty(cells) ? [] : [{ row: index + 1, objectId: mintInvoiceObjectId(), cells }],
  );
  if (rows.length > MOST_ROWS || meta.truncated) {
    const most = MOST_ROWS.toLocaleString("en-IN");
    return { problem: `There are more than ${most} rows. Import them in several parts.` };
  }
  if (rows.length === 0) return { problem: "There is nothing below the headings." };
  return { table: { headings: data[at] ?? [], columns, rows } };
}

/** The headings whose columns are not used. */
export function unusedHeadings({ headings, columns }: ImportTable): string[] {
  const used = new Set(columns.values());
  return headings.filter((heading, index) => heading.trim() !== "" && !used.has(index));
}
