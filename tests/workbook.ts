import { strToU8, zipSync } from "fflate";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

export const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const relationships = (all: readonly (readonly [id: string, kind: string, target: string])[]) =>
  `${XML}<Relationships xmlns="${PACKAGE}">${all
    .map(([id, kind, target]) => `<Relationship Id="${id}" Type="${DOCUMENT}/${kind}" Target="${target}"/>`)
    .join("")}</Relationships>`;

/** The name of the cell in this column, from 0, and row: `B7`. */
const cellName = (column: number, row: number): string =>
  `${column > 25 ? String.fromCharCode(64 + Math.floor(column / 26)) : ""}${String.fromCharCode(65 + (column % 26))}${row}`;

/** Rows of a sheet's XML: texts and numbers, from its first row on. */
export function sheetRows(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number, name: string) =>
    typeof value === "number"
      ? `<c r="${name}"><v>${value}</v></c>`
      : `<c r="${name}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  return rows
    .map(
      (cells, at) =>
        `<row r="${at + 1}">${cells.map((value, column) => cell(value, cellName(column, at + 1))).join("")}</row>`,
    )
    .join("");
}

interface SheetPart {
  name: string;
  /** What stands within its sheetData (`sheetRows`). */
  rows: string;
  state?: string;
  kind?: string;
}

interface More {
  /** Attributes of workbookPr. */
  properties?: string;
  /** What stands within the texts that the sheets share. */
  texts?: string;
  /** What stands within styles.xml. */
  styles?: string;
  /** Other parts, or these in another way. */
  parts?: Readonly<Record<string, string>>;
}

/** A workbook (.xlsx) as bytes. */
export function makeWorkbook(sheets: readonly SheetPart[], { properties = "", texts, styles, parts = {} }: More = {}) {
  const listed = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${escaped(name)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ""} r:id="rId${at + 1}"/>`,
  );
  const files: Record<string, string> = {
    "_rels/.rels": relationships([["rId1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><workbookPr ${properties}/><sheets>${listed.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships([
      ...sheets.map(({ kind = "worksheet" }, at) => [`rId${at + 1}`, kind, `worksheets/sheet${at + 1}.xml`] as const),
      ...(texts === undefined ? [] : [["texts", "sharedStrings", "sharedStrings.xml"] as const]),
      ...(styles === undefined ? [] : [["styles", "styles", "/xl/styles.xml"] as const]),
    ]),
    ...(texts !== undefined && { "xl/sharedStrings.xml": `${XML}<sst xmlns="${MAIN}">${texts}</sst>` }),
    ...(styles !== undefined && { "xl/styles.xml": `${XML}<styleSheet xmlns="${MAIN}">${styles}</styleSheet>` }),
    ...Object.fromEntries(
      sheets.map(({ rows }, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}
