import Papa from "papaparse";
import { findHeadings, HEADINGS_WITHIN, type Heading } from "@/lib/tables/headings";
import { MOST_BYTES, MOST_COLUMNS } from "@/lib/tables/limits";

/** One row of a table: its number as a spreadsheet counts. */
export interface CellRow {
  row: number;
  cells: readonly string[];
}

/** A table whose columns are known by their headings. */
export interface CellTable<Key extends string> {
  headings: readonly string[];
  columns: ReadonlyMap<Key, number>;
  rows: readonly CellRow[];
}

export type ReadCells<Key extends string> = { table: CellTable<Key> } | { problem: string };

const isEmpty = (cells: readonly string[]) => cells.every((cell) => cell.trim() === "");

/** Where a table stands: in text, or in a workbook's sheet. */
export type TableSource = { text: string } | { rows: readonly CellRow[] };

/** What was chosen to be read, or why it can't be, in words. */
export type Chosen = TableSource | { problem: string };

interface Rows {
  /** Those in which there is something. */
  rows: readonly CellRow[];
  /** There are more than were read. */
  areMore: boolean;
}

/** The rows of a text that is parted by commas, semicolons, tabs or bars. */
function rowsOfText(text: string, most: number): Rows | { problem: string } {
  if (text.length > MOST_BYTES) return { problem: "This is more than 2 MB of text. Take it in several parts." };
  const { data, errors, meta } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
    // With empty rows between them.
    preview: 2 * most + HEADINGS_WITHIN,
    delimitersToGuess: [",", "\t", ";", "|"],
  });
  const broken = errors.find((error) => error.type === "Quotes");
  if (broken)
    return {
      problem: `Row ${(broken.row ?? 0) + 1} has a quotation mark (") that isn't closed. Close it or take it out.`,
    };
  const rows = data.map((cells, index): CellRow => ({ row: index + 1, cells }));
  return { rows: rows.filter(({ cells }) => !isEmpty(cells)), areMore: meta.truncated };
}

/**
 * Reads a table from a workbook's sheet, as CSV, or as cells that were copied from a spreadsheet. Bounded in characters, rows and
 * columns; whatever the text is, it is only ever text.
 * @param mostRows the most rows below the headings
 * @param lacking what is missing among the columns that were found, in words; null when nothing is
 */
export function readCells<Key extends string>(
  source: TableSource,
  known: readonly Heading<Key>[],
  mostRows: number,
  lacking: (columns: ReadonlyMap<Key, number>) => string | null,
): ReadCells<Key> {
  const read = "text" in source ? rowsOfText(source.text, mostRows) : { rows: source.rows, areMore: false };
  if ("problem" in read) return read;
  if (read.rows.length === 0) return { problem: "There is nothing in it." };
  if (read.rows.some(({ cells }) => cells.length > MOST_COLUMNS))
    return { problem: `There are more than ${MOST_COLUMNS} columns.` };
  const { at, columns } = findHeadings(read.rows, known);
  const lacks = lacking(columns);
  if (lacks) return { problem: lacks };
  const rows = read.rows.slice(at + 1);
  if (rows.length > mostRows || read.areMore) {
    const most = mostRows.toLocaleString("en-IN");
    return { problem: `There are more than ${most} rows. Take them in several parts.` };
  }
  if (rows.length === 0) return { problem: "There is nothing below the headings." };
  return { table: { headings: read.rows[at]?.cells ?? [], columns, rows } };
}
