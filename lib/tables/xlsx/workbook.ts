import type { CellRow } from "@/lib/tables/cells";
import { openArchive, type ReadPart, WorkbookProblem } from "@/lib/tables/xlsx/archive";
import { readSheet } from "@/lib/tables/xlsx/sheet";
import { readStyles } from "@/lib/tables/xlsx/styles";
import { unescaped } from "@/lib/tables/xlsx/values";
import { visitXml } from "@/lib/tables/xlsx/xml";

/** A sheet of a workbook in which there is something. */
export interface Sheet {
  name: string;
  rows: readonly CellRow[];
}

export type ReadWorkbook = { sheets: readonly Sheet[] } | { problem: string };

const NO_WORKBOOK =
  "This isn't a workbook that can be opened here. Open it in a spreadsheet and save it as .xlsx or as CSV.";

/** Where the part `of` says that another is: `worksheets/sheet1.xml`, `../media/…`, `/xl/…`. */
function resolved(target: string, of: string): string {
  const folder = of.slice(0, of.lastIndexOf("/") + 1);
  return new URL(target, `https://archive/${folder}`).pathname.slice(1).replaceAll("%20", " ");
}

interface Relationship {
  id: string;
  /** The last word of its type: `worksheet`, `styles`, `sharedStrings`, in the strict kind of workbook as well. */
  kind: string;
  part: string;
}

/** What a part refers to; of the whole archive where it is none. */
function relationshipsOf(read: ReadPart, part: string): Relationship[] {
  const at = part.lastIndexOf("/") + 1;
  const xml = read(`${part.slice(0, at)}_rels/${part.slice(at)}.rels`);
  const found: Relationship[] = [];
  if (xml !== null)
    visitXml(xml, {
      open: (name, attributes) => {
        const target = attributes.get("Target");
        if (name !== "Relationship" || target === undefined || attributes.get("TargetMode") === "External") return;
        const kind = (attributes.get("Type") ?? "").split("/").at(-1) ?? "";
        found.push({ id: attributes.get("Id") ?? "", kind, part: resolved(target, part) });
      },
    });
  return found;
}

/** The texts that sheets share: each in one piece or in several, without what says how to pronounce it. */
function readTexts(xml: string): string[] {
  const texts: string[] = [];
  let text = "";
  let isText = false;
  let isSound = false;
  visitXml(xml, {
    open: (name) => {
      if (name === "si") text = "";
      if (name === "rPh") isSound = true;
      isText = name === "t" && !isSound;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      if (name === "si") texts.push(unescaped(text));
      if (name === "rPh") isSound = false;
      isText = false;
    },
  });
  return texts;
}

function readParts(read: ReadPart): Sheet[] {
  const book = relationshipsOf(read, "").find(({ kind }) => kind === "officeDocument")?.part ?? "xl/workbook.xml";
  const xml = read(book);
  if (xml === null) throw new WorkbookProblem(NO_WORKBOOK);
  const parts = relationshipsOf(read, book);
  const listed: { name: string; part: string; isHidden: boolean }[] = [];
  let isFrom1904 = false;
  visitXml(xml, {
    open: (name, attributes) => {
      if (name === "workbookPr") isFrom1904 = ["1", "true"].includes(attributes.get("date1904") ?? "");
      if (name !== "sheet") return;
      const sheet = parts.find(({ id }) => id === attributes.get("id"));
      // Others are charts and macros.
      if (sheet?.kind !== "worksheet") return;
      const isHidden = (attributes.get("state") ?? "visible") !== "visible";
      listed.push({ name: unescaped(attributes.get("name") ?? ""), part: sheet.part, isHidden });
    },
  });
  const partOf = (of: string) => {
    const found = parts.find(({ kind }) => kind === of);
    return found ? read(found.part) : null;
  };
  const texts = partOf("sharedStrings");
  const styles = partOf("styles");
  const context = {
    texts: texts === null ? [] : readTexts(texts),
    styles: styles === null ? [] : readStyles(styles),
    isFrom1904,
  };
  const shown = listed.filter(({ isHidden }) => !isHidden);
  return (shown.length > 0 ? shown : listed).flatMap(({ name, part }): Sheet[] => {
    const sheet = read(part);
    const rows = sheet === null ? [] : readSheet(sheet, context);
    return rows.length > 0 ? [{ name, rows }] : [];
  });
}

/**
 * Reads the sheets of a workbook (.xlsx, ISO/IEC 29500) that have something in them, without those that are hidden. Bounded in what it
 * unfolds to, rows and columns. Nothing in it is run: of a formula there is what it last came to.
 */
export function readWorkbook(bytes: Uint8Array): ReadWorkbook {
  try {
    const sheets = readParts(openArchive(bytes));
    return sheets.length > 0 ? { sheets } : { problem: "There is nothing in it." };
  } catch (error) {
    return { problem: error instanceof WorkbookProblem ? error.message : NO_WORKBOOK };
  }
}
