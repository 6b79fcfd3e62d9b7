import Papa from "papaparse";
import { MOST_BYTES } from "@/lib/tables/decode";
import { findHeadings, HEADINGS_WITHIN, type Heading } from "@/lib/tables/headings";

const MOST_COLUMNS = 200;

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

/**
 * Reads a table as CSV, or as cells that were copied from a spreadsheet: parted by commas, semicolons, tabs or bars. Bounded in
 * characters, rows and columns; whatever the text is, it is only ever text.
 * @param mostRows the most rows below the headings
 * @param lacking what is missing among the columns that were found, in words; null when nothing is
 */
export function readCells<Key extends string>(
  text: string,
  known: readonly Heading<Key>[],
  mostRows: number,
  lacking: (columns: ReadonlyMap<Key, number>) => string | null,
): ReadCells<Key> {
  if (text.length > MOST_BYTES) return { problem: "This is more than 2 MB of text. Take it in several parts." };
  const { data, errors, meta } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
    // With empty rows between them.
    preview: 2 * mostRows + HEADINGS_WITHIN,
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
  const { at, columns } = findHeadings(data, known);
  const lacks = lacking(columns);
  if (lacks) return { problem: lacks };
  const rows = data.flatMap((cells, index): CellRow[] =>
    index <= at || isEmpty(cells) ? [] : [{ row: index + 1, cells }],
  );
  if (rows.length > mostRows || meta.truncated) {
    const most = mostRows.toLocaleString("en-IN");
    return { problem: `There are more than ${most} rows. Take them in several parts.` };
  }
  if (rows.length === 0) return { problem: "There is nothing below the headings." };
  return { table: { headings: data[at] ?? [], columns, rows } };
}
