import { strToU8, Zip, ZipDeflate } from "fflate";

/** What a column holds, as a workbook has it. */
type Kind = "text" | "rupees" | "day";

/** Tells by its heading: `Total (₹)` holds rupees, `Due date` and `Paid on` days; everything else is text, references above all. */
export function kindOf(heading: string): Kind {
  if (heading.endsWith("(₹)")) return "rupees";
  return /\bdate$|^paid on$/i.test(heading) ? "day" : "text";
}

/** The most rows of a sheet: what follows stands in a second one, under the same headings. */
export const SHEET_ROWS = 1_048_576;

/** The most characters of a sheet's name. */
const NAME_LENGTH = 31;

/** The most characters of a cell. */
const CELL_LENGTH = 32_767;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The styles of cells, by their place in `STYLES`. */
const STYLE = { text: 1, rupees: 2, day: 3, heading: 4 } as const;

// Lakhs and crores: a format has two conditions at most, and what is neither takes the third part.
const RUPEES = "[&gt;=10000000]##\\,##\\,##\\,##0.00;[&gt;=100000]##\\,##\\,##0.00;##,##0.00";
const xf = (numFmtId: number, fontId: number) =>
  `<xf numFmtId="${numFmtId}" fontId="${fontId}" fillId="0" borderId="0" applyNumberFormat="1" applyFont="1"/>`;
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="${RUPEES}"/><numFmt numFmtId="165" formatCode="dd\\-mm\\-yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1">${xf(0, 0)}</cellStyleXfs><cellXfs count="5">${[xf(0, 0), xf(49, 0), xf(164, 0), xf(165, 0), xf(0, 1)].join("")}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text within XML. A character that XML can't hold, and what would be taken for one, is written by its number: `_x0001_`. */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what XML can't hold
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
      (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    );
}

const textCell = (at: string, text: string, style: number) => {
  const kept = text.length > CELL_LENGTH ? `${text.slice(0, CELL_LENGTH - 1)}…` : text;
  return `<c r="${at}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(kept)}</t></is></c>`;
};

/** A column's name, from 0: A, B … Z, AA. */
function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}

const DAY_MS = 86_400_000;
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
/** As a workbook counts days: from the end of 1899. */
const dayNumber = (day: string) => Math.round((Date.parse(day) - Date.UTC(1899, 11, 30)) / DAY_MS);

/** An amount in rupees that a workbook holds to the paisa: it counts to 15 digits. */
const isExact = (text: string) => /^-?\d{1,13}\.\d{2}$/.test(text);

/** @param at where it stands, `B7`: it may be left out, but some programs then read nothing */
function cellXml(at: string, value: string | number, kind: Kind): string {
  if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`;
  if (value === "") return "";
  if (kind === "rupees" && isExact(value)) return `<c r="${at}" s="${STYLE.rupees}"><v>${Number(value)}</v></c>`;
  if (kind === "day" && isDay(value)) return `<c r="${at}" s="${STYLE.day}"><v>${dayNumber(value)}</v></c>`;
  return textCell(at, value, STYLE.text);
}

/** Widths of columns, in characters. */
const WIDTHS: Readonly<Record<Kind, number>> = { text: 22, rupees: 16, day: 12 };

const relationships = (all: readonly (readonly [kind: string, target: string])[]) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all
    .map(([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${DOCUMENT}/${kind}" Target="${target}"/>`)
    .join("")}</Relationships>`;

/**
 * Writes a table as a workbook (.xlsx, ISO/IEC 29500) piece by piece, so that its length doesn't matter: rupees as numbers that add up,
 * days as days, and all else as text, which no spreadsheet takes for a number or a formula.
 */
export class WorkbookWriter {
  private readonly kinds: readonly Kind[];
  private readonly columns: readonly string[];
  private readonly zip: Zip;
  private pieces: Uint8Array[] = [];
  private sheet: ZipDeflate | null = null;
  private sheets = 0;
  private rows = 0;

  /**
   * @param name of its sheet
   * @param sheetRows the most rows of one, its headings among them
   */
  constructor(
    private readonly name: string,
    private readonly headings: readonly string[],
    private readonly sheetRows: number = SHEET_ROWS,
  ) {
    this.kinds = headings.map(kindOf);
    this.columns = headings.map((_, at) => columnName(at));
    this.zip = new Zip((error, piece) => {
      if (error) throw error;
      this.pieces.push(piece);
    });
  }

  /** The next bytes: all that could be written of these rows. */
  write(rows: readonly (readonly (string | number)[])[]): Uint8Array {
    let xml = "";
    for (const cells of rows) {
      if (this.sheet && this.rows === this.sheetRows) {
        this.sheet.push(strToU8(xml));
        xml = "";
        this.endSheet();
      }
      if (!this.sheet) this.beginSheet();
      const row = ++this.rows;
      xml += `<row r="${row}">${cells.map((value, at) => cellXml(`${this.columns[at]}${row}`, value, this.kinds[at] ?? "text")).join("")}</row>`;
    }
    this.sheet?.push(strToU8(xml));
    return this.taken();
  }

  /** The last bytes. */
  end(): Uint8Array {
    if (!this.sheet) this.beginSheet();
    this.endSheet();
    const sheets = Array.from({ length: this.sheets }, (_, at) => at + 1);
    const sheetNames = sheets.map((n) => {
      const more = n === 1 ? "" : ` ${n}`;
      return `<sheet name="${escaped(this.name.slice(0, NAME_LENGTH - more.length) + more)}" sheetId="${n}" r:id="rId${n}"/>`;
    });
    const parts = [
      ["/xl/workbook.xml", "sheet.main"],
      ["/xl/styles.xml", "styles"],
      ...sheets.map((n) => [`/xl/worksheets/sheet${n}.xml`, "worksheet"]),
    ];
    this.add("xl/styles.xml", STYLES);
    this.add(
      "xl/workbook.xml",
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${sheetNames.join("")}</sheets></workbook>`,
    );
    this.add(
      "xl/_rels/workbook.xml.rels",
      relationships([
        ...sheets.map((n) => ["worksheet", `worksheets/sheet${n}.xml`] as const),
        ["styles", "styles.xml"],
      ]),
    );
    this.add("_rels/.rels", relationships([["officeDocument", "xl/workbook.xml"]]));
    this.add(
      "[Content_Types].xml",
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${parts
        .map(([part, type]) => `<Override PartName="${part}" ContentType="${TYPE}.${type}+xml"/>`)
        .join("")}</Types>`,
    );
    this.zip.end();
    return this.taken();
  }

  private add(name: string, text: string): void {
    const part = new ZipDeflate(name);
    this.zip.add(part);
    part.push(strToU8(text), true);
  }

  private beginSheet(): void {
    this.sheets++;
    // The lightest way to pack: the portal answers others meanwhile.
    this.sheet = new ZipDeflate(`xl/worksheets/sheet${this.sheets}.xml`, { level: 1 });
    this.zip.add(this.sheet);
    const widths = this.kinds.map(
      (kind, at) =>
        `<col min="${at + 1}" max="${at + 1}" width="${Math.max(WIDTHS[kind], (this.headings[at] ?? "").length + 2)}" customWidth="1"/>`,
    );
    const headings = this.headings.map((heading, at) => textCell(`${this.columns[at]}1`, heading, STYLE.heading));
    this.sheet.push(
      strToU8(
        `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join("")}</cols><sheetData><row r="1">${headings.join("")}</row>`,
      ),
    );
    this.rows = 1;
  }

  private endSheet(): void {
    this.sheet?.push(strToU8("</sheetData></worksheet>"), true);
    this.sheet = null;
  }

  private taken(): Uint8Array {
    const pieces = this.pieces;
    this.pieces = [];
    return Buffer.concat(pieces);
  }
}
