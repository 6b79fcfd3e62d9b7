import { visitXml } from "@/lib/tables/xlsx/xml";

/** How a cell's number is shown, as far as it says what the number means. */
export interface NumberStyle {
  /** It is shown as a day, or with its time (or as a time alone); null where it is no date. */
  date: "day" | "time" | null;
  /** It is filled up with zeros to so many digits: 14 is shown as 0014. */
  digits: number;
}

export const PLAIN: NumberStyle = { date: null, digits: 0 };

/** The formats that have a number alone and mean days or times. */
const DAYS: readonly number[] = [14, 15, 16, 17];
const TIMES: readonly number[] = [18, 19, 20, 21, 22, 45, 46, 47];

function dateOf(id: number): NumberStyle["date"] {
  if (DAYS.includes(id)) return "day";
  return TIMES.includes(id) ? "time" : null;
}

/** What a format's code says of positive numbers, without what is written out in it: `[$-4009]dd "of" mmm;@` has dd and mmm. */
const bare = (code: string) =>
  code
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .replace(/\[[^\]]*\]/g, "")
    .replace(/;.*/s, "");

function styleOf(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) return { date: dateOf(id), digits: 0 };
  const signs = bare(code);
  if (/^0{2,}$/.test(signs)) return { date: null, digits: signs.length };
  // Hours that go on beyond a day stand in brackets: [h]:mm.
  if (/\[(h+|m+|s+)\]/i.test(code)) return { date: "time", digits: 0 };
  const isDate = /[dmyhs]/i.test(signs) && !/[0#?%@]/.test(signs.replace(/s\.0+/i, "s"));
  return { date: isDate ? (/[hs]/i.test(signs) ? "time" : "day") : null, digits: 0 };
}

/** The styles of a workbook's cells, by the number that a cell names. */
export function readStyles(xml: string): NumberStyle[] {
  const codes = new Map<string, string>();
  const styles: NumberStyle[] = [];
  let isWithin = false;
  visitXml(xml, {
    open: (name, attributes) => {
      if (name === "numFmt") codes.set(attributes.get("numFmtId") ?? "", attributes.get("formatCode") ?? "");
      // The named styles (cellStyleXfs) have such elements, too.
      if (name === "cellXfs") isWithin = true;
      if (name !== "xf" || !isWithin) return;
      const id = attributes.get("numFmtId") ?? "0";
      styles.push(styleOf(Number(id), codes.get(id)));
    },
    close: (name) => {
      if (name === "cellXfs") isWithin = false;
    },
  });
  return styles;
}
