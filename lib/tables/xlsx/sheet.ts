import type { CellRow } from "@/lib/tables/cells";
import { MOST_COLUMNS } from "@/lib/tables/limits";
import { WorkbookProblem } from "@/lib/tables/xlsx/archive";
import { type NumberStyle, PLAIN } from "@/lib/tables/xlsx/styles";
import { numberText, unescaped } from "@/lib/tables/xlsx/values";
import { visitXml } from "@/lib/tables/xlsx/xml";

/** What the cells of a workbook's sheets refer to. */
export interface SheetContext {
  /** The texts that its sheets share. */
  texts: readonly string[];
  styles: readonly NumberStyle[];
  /** Its days are counted from 1904, as once on a Macintosh. */
  isFrom1904: boolean;
}

/** More than any table here may have (`readCells`). */
const MOST_ROWS = 50_000;

/** The column that a cell's name has, from 0: `C7` is in column 2. */
function columnIn(reference: string): number {
  const [letters = ""] = /^[A-Z]{1,3}(?=\d)/.exec(reference) ?? [];
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

interface Cell {
  column: number;
  type: string;
  style: NumberStyle;
  text: string;
}

function cellText({ type, style, text }: Cell, { texts, isFrom1904 }: SheetContext): string {
  switch (type) {
    case "s":
      return texts[Number(text)] ?? "";
    case "b":
      return text === "1" ? "TRUE" : "FALSE";
    case "n":
      return numberText(text, style, isFrom1904);
    case "d":
      return text.replace(/T00:00:00(\.0+)?Z?$/, "");
    default:
      // A text of its own, what a formula came to, or what went wrong with it (#N/A).
      return unescaped(text);
  }
}

/**
 * The rows of a sheet in which there is something, as a person reads them: of a formula what it came to, of a day the day.
 * @throws WorkbookProblem where there are more than 50,000 rows, or more than 200 columns
 */
export function readSheet(xml: string, context: SheetContext): CellRow[] {
  const rows: CellRow[] = [];
  let row = 0;
  let cells: string[] = [];
  let next = 0;
  let cell: Cell | null = null;
  let isText = false;
  const put = ({ column, ...of }: Cell) => {
    const text = cellText({ column, ...of }, context);
    if (text.trim() === "") return;
    // A column far out would leave all before it empty.
    if (column >= MOST_COLUMNS) throw new WorkbookProblem(`There are more than ${MOST_COLUMNS} columns.`);
    while (cells.length < column) cells.push("");
    cells[column] = text;
  };
  visitXml(xml, {
    open: (name, attributes) => {
      if (name === "row") {
        row = Number(attributes.get("r")) || row + 1;
        cells = [];
        next = 0;
      } else if (name === "c") {
        const reference = attributes.get("r");
        // Programs may leave out where a cell stands: then it is beside the last.
        const column = reference === undefined ? next : columnIn(reference);
        if (column < 0) throw new Error(`no cell: ${reference}`);
        next = column + 1;
        const style = context.styles[Number(attributes.get("s") ?? "")] ?? PLAIN;
        cell = { column, type: attributes.get("t") ?? "n", style, text: "" };
      } else isText = cell !== null && (name === "v" || name === "t");
    },
    text: (text) => {
      if (cell && isText) cell.text += text;
    },
    close: (name) => {
      if (name === "c" && cell) {
        if (cell.text !== "") put(cell);
        cell = null;
      }
      if (name === "row" && cells.length > 0) {
        if (rows.length === MOST_ROWS) throw new WorkbookProblem("There are more than 50,000 rows in a sheet of it.");
        rows.push({ row, cells });
        cells = [];
      }
      isText = false;
    },
  });
  return rows;
}
