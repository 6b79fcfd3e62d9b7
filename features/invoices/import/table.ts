import { type ColumnKey, IMPORT_COLUMNS, PARTY_COLUMNS } from "@/features/invoices/import/columns";
import { mintInvoiceObjectId } from "@/lib/ids";
import { type CellRow, type CellTable, readCells, type TableSource } from "@/lib/tables/cells";

/** The most bills in one file. */
export const MOST_ROWS = 2_000;

/** One row of a file, and the id of its bill, so that a second try adds nothing twice. */
export interface TableRow extends CellRow {
  objectId: string;
}

/** A file of bills, as a table. */
export interface ImportTable extends CellTable<ColumnKey> {
  rows: readonly TableRow[];
}

export type ReadTable = { table: ImportTable } | { problem: string };

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(", ");

/** What the best row of headings lacks, in words; null when it lacks nothing. */
function lacking(columns: ReadonlyMap<ColumnKey, number>): string | null {
  const missing = IMPORT_COLUMNS.filter(({ key, needed }) => needed && !columns.has(key)).map(({ label }) => label);
  if (!PARTY_COLUMNS.some((key) => columns.has(key))) missing.push("Party");
  if (missing.length === 0) return null;
  const words = missing.length === 1 ? "There is no column" : "There are no columns";
  return `${words} ${quoted(missing)}. The first row should name the columns.`;
}

/** Reads a file of bills (`readCells`). */
export function readTable(source: TableSource): ReadTable {
  const read = readCells(source, IMPORT_COLUMNS, MOST_ROWS, lacking);
  if ("problem" in read) return read;
  const rows = read.table.rows.map((row) => ({ ...row, objectId: mintInvoiceObjectId() }));
  return { table: { ...read.table, rows } };
}

/** The headings whose columns are not used. */
export function unusedHeadings({ headings, columns }: ImportTable): string[] {
  const used = new Set(columns.values());
  return headings.filter((heading, index) => heading.trim() !== "" && !used.has(index));
}
