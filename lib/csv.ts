/** How a formula begins, also behind blanks and invisible characters, which some spreadsheets drop first. */
const FORMULA = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/**
 * One cell of a CSV file. A text that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, a tab or a line end first) gets an
 * apostrophe in front: an invoice number is written by the other party, who must not reach into the clerk's machine.
 */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell's text without the apostrophe that `cell` puts before formulas; any other text as it is. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/** One line of a CSV file (RFC 4180). */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** By which Excel knows UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/** A whole CSV file. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + rows.map(csvLine).join("");
}
