import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readWorkbook } from "@/lib/tables/xlsx/workbook";
import { escaped, makeWorkbook, sheetRows } from "@/tests/workbook";

/** The cells of a workbook's only sheet, row by row. */
function cellsOf(bytes: Uint8Array) {
  const read = readWorkbook(bytes);
  if ("problem" in read) throw new Error(read.problem);
  expect(read.sheets).toHaveLength(1);
  return read.sheets[0]?.rows.map(({ cells }) => cells);
}
const sheet = (rows: string, more?: Parameters<typeof makeWorkbook>[1]) =>
  makeWorkbook([{ name: "Bills", rows }], more);

/** Styles by the codes of their formats, or by their numbers. */
function stylesOf(formats: readonly (string | number)[]) {
  const codes = formats.flatMap((format, at) =>
    typeof format === "string" ? `<numFmt numFmtId="${164 + at}" formatCode="${escaped(format)}"/>` : [],
  );
  const used = formats.map((format, at) => `<xf numFmtId="${typeof format === "string" ? 164 + at : format}"/>`);
  return `<numFmts>${codes.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${used.join("")}</cellXfs>`;
}

describe("what stands in a cell", () => {
  test("is what its program wrote, whatever that was", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((one) => /^[^\p{C}_]*\S[^\p{C}_]*$/u.test(one));
    const number = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 });
    const table = fc.array(fc.array(fc.oneof(text, number), { minLength: 1, maxLength: 30 }), { minLength: 1 });
    fc.assert(
      fc.property(table, (rows) => {
        expect(cellsOf(sheet(sheetRows(rows)))).toEqual(rows.map((cells) => cells.map(String)));
      }),
    );
  });

  test.each([
    ["a shared text in pieces, without how it is pronounced", '<c t="s"><v>1</v></c>', "Kaveri Metals & Sons"],
    ["a shared text that there isn't", '<c t="s"><v>9</v></c><c t="str"><v>x</v></c>', ""],
    ["what a formula came to", '<c t="str"><f>A1&amp;B1</f><v>KM/0141</v></c>', "KM/0141"],
    ["what went wrong", '<c t="e"><v>#N/A</v></c>', "#N/A"],
    ["yes", '<c t="b"><v>1</v></c>', "TRUE"],
    ["a day by itself", '<c t="d"><v>2026-11-20T00:00:00</v></c>', "2026-11-20"],
    ["a line end", '<c t="inlineStr"><is><t>a_x000D_</t></is></c>', "a\r"],
    ["CDATA", '<c t="str"><v><![CDATA[<&>]]></v></c>', "<&>"],
    ["fifteen digits, of what is kept with more", "<c><v>0.30000000000000004</v></c>", "0.3"],
    ["a large number", "<c><v>1.234567E+8</v></c>", "123456700"],
    ["no number", "<c><v>1,000</v></c>", "1,000"],
  ])("is %s", (_name, cell, text) => {
    const texts =
      '<si><t>other</t></si><si><r><t>Kaveri</t></r><r><rPr><b/></rPr><t xml:space="preserve"> Metals &amp; Sons</t></r><rPh sb="0" eb="1"><t>カ</t></rPh></si>';
    expect(cellsOf(sheet(`<row>${cell}</row>`, { texts }))?.[0]?.[0]).toBe(text);
  });

  test.each<[format: string | number, value: string, text: string, is1904?: true]>([
    [14, "46346", "2026-11-20"],
    [14, "46346.6", "2026-11-20"],
    [22, "46346.604166666664", "2026-11-20 14:30:00"],
    [22, "46346", "2026-11-20"],
    ["[$-4009]dd-mmm-yyyy;@", "46346", "2026-11-20"],
    ['dd" day of "mmmm\\ yy', "46346", "2026-11-20"],
    ["dd/mm/yyyy hh:mm:ss.000 AM/PM", "46346.5", "2026-11-20 12:00:00"],
    ["h:mm", "0.604166666666667", "14:30:00"],
    ["[h]:mm", "1.5", "1899-12-31 12:00:00"],
    [14, "61", "1900-03-01"],
    [14, "44884", "2026-11-20", true],
    [14, "-1", "-1"],
    [14, "99999999", "99999999"],
    ["0000", "14", "0014"],
    ["0000", "12345", "12345"],
    ["0000", "1.5", "1.5"],
    ['#,##0.00" days"', "46346", "46346"],
    ["[Red]#,##0;[Blue]-#,##0", "46346", "46346"],
    ["[$₹-4009]\\ #,##0.00", "46346.5", "46346.5"],
    ["General", "46346", "46346"],
    ["@", "46346", "46346"],
    [2, "46346", "46346"],
    [9, "0.18", "0.18"],
  ])("with the format %s, %s, is %s", (format, value, text, is1904) => {
    const styles = stylesOf([0, format]);
    const properties = is1904 ? 'date1904="1"' : "";
    expect(cellsOf(sheet(`<row><c s="1"><v>${value}</v></c></row>`, { styles, properties }))).toEqual([[text]]);
  });
});

describe("where cells stand", () => {
  test("is where they say, with rows and cells between them that are empty or left out", () => {
    const rows =
      '<row r="3"><c r="B3" s="9"/><c r="C3"><v>1</v></c><c r="AA3"><v>2</v></c><c r="XFD3" s="1"/></row>' +
      '<row r="5"><c r="A5" t="str"><v> </v></c></row><row r="1048576"><c r="A1048576"><v>3</v></c></row>';
    const read = readWorkbook(sheet(rows));
    expect("sheets" in read && read.sheets[0]?.rows).toEqual([
      { row: 3, cells: ["", "", "1", ...Array(23).fill(""), "2"] },
      { row: 1_048_576, cells: ["3"] },
    ]);
  });

  test("is beside the last where they don't say", () => {
    const read = readWorkbook(sheet("<row/><row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>"));
    expect("sheets" in read && read.sheets[0]?.rows).toEqual([
      { row: 2, cells: ["1", "", "2"] },
      { row: 3, cells: ["3"] },
    ]);
  });
});

describe("the sheets", () => {
  const rows = sheetRows([["x"]]);
  const namesOf = (bytes: Uint8Array) => {
    const read = readWorkbook(bytes);
    return "sheets" in read ? read.sheets.map(({ name }) => name) : read.problem;
  };

  test("are those that are shown and have something in them, in their order", () => {
    const sheets = [
      { name: "Oct & Nov", rows },
      { name: "Empty", rows: "" },
      { name: "Hidden", rows, state: "hidden" },
      { name: "Very", rows, state: "veryHidden" },
      { name: "Chart", rows, kind: "chartsheet" },
      { name: "दिसंबर", rows },
    ];
    expect(namesOf(makeWorkbook(sheets))).toEqual(["Oct & Nov", "दिसंबर"]);
  });

  test("are the hidden ones where no other is there", () => {
    expect(namesOf(makeWorkbook([{ name: "Hidden", rows, state: "hidden" }]))).toEqual(["Hidden"]);
  });

  test("are found whichever prefixes and places their program chose", () => {
    const main = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    const bytes = zipSync({
      "_rels\\.rels": strToU8(
        '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/Book/Main.xml"/></Relationships>',
      ),
      "book/main.xml": strToU8(
        `\uFEFF<x:workbook xmlns:x="${main}" xmlns:q="q"><x:sheets><x:sheet name="One" q:id="b"/></x:sheets></x:workbook>`,
      ),
      "book/_rels/main.xml.rels": strToU8(
        '<p:Relationships xmlns:p="p"><p:Relationship Id="b" Type="x/worksheet" Target="../my%20sheets/1.xml"/></p:Relationships>',
      ),
      "my sheets/1.xml": strToU8(
        `<x:worksheet xmlns:x="${main}"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      ),
    });
    expect(namesOf(bytes)).toEqual(["One"]);
  });
});

describe("what is refused, in words", () => {
  const problemOf = (bytes: Uint8Array) => {
    const read = readWorkbook(bytes);
    return "problem" in read ? read.problem : null;
  };

  test.each([
    ["without anything in it", makeWorkbook([{ name: "Empty", rows: "" }]), "nothing in it"],
    ["with a cell in column 201", sheet('<row><c r="GS1"><v>1</v></c></row>'), "more than 200 columns"],
    ["with too many rows", sheet("<row><c><v>1</v></c></row>".repeat(50_001)), "more than 50,000 rows"],
    ["with a cell that has no place", sheet('<row><c r="1A"><v>1</v></c></row>'), "isn't a workbook"],
    ["with XML that is cut off", sheet("<row><c><v>1"), "isn't a workbook"],
    ["that is another archive", zipSync({ "content.xml": strToU8("<x/>") }), "isn't a workbook"],
    ["that is no archive", strToU8("PK\u0003\u0004 and so on"), "isn't a workbook"],
  ])("is one %s", (_name, bytes, words) => {
    expect(problemOf(bytes)).toContain(words);
  });

  test("is one that unfolds to more than 32 MB, before it is unfolded, and one that says less than it has", () => {
    const bomb = sheet(`<row>${" ".repeat(40_000_000)}</row>`);
    expect(bomb.length).toBeLessThan(100_000);
    expect(problemOf(bomb)).toContain("more than 32 MB");

    const lying = sheet(`<row>${" ".repeat(3_000_000)}</row><row><c><v>1</v></c></row>`);
    const view = new DataView(lying.buffer, lying.byteOffset, lying.byteLength);
    let changed = 0;
    // The length that the archive's list and each part's own head give (at 24 and 22 bytes after their marks).
    for (let at = 0; at < lying.length - 30; at++) {
      const sign = view.getUint32(at, true);
      const length = sign === 0x02014b50 ? at + 24 : sign === 0x04034b50 ? at + 22 : 0;
      if (length && view.getUint32(length, true) > 3_000_000) {
        view.setUint32(length, 100, true);
        changed++;
      }
    }
    expect(changed).toBe(2);
    expect(problemOf(lying)).toContain("isn't a workbook");
  });

  test("is whatever a broken file is, and never an error", () => {
    const good = sheet(
      sheetRows([
        ["Invoice number", 1],
        ["x", 2],
      ]),
      { texts: "<si><t>x</t></si>", styles: stylesOf([14]) },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        (changes) => {
          const bytes = good.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          const read = readWorkbook(bytes);
          expect("problem" in read || read.sheets.length > 0).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
