import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { ACTIVITY_CSV_HEADER } from "@/features/activity/csv";
import { AGEING_CSV_HEADER } from "@/features/ageing/csv";
import { INVOICE_CSV_HEADER } from "@/features/invoices/csv";
import { LEDGER_CSV_HEADER } from "@/features/ledger/csv";
import { PAYMENT_CSV_HEADER, SETTLED_INVOICE_CSV_HEADER } from "@/features/payments/csv";
import { readWorkbook } from "@/lib/tables/xlsx/workbook";
import { kindOf, WorkbookWriter } from "@/lib/tables/xlsx/write";

type Row = (string | number)[];

function written(
  headings: readonly string[],
  pages: readonly (readonly Row[])[],
  sheetRows?: number,
  name = "bills",
): Uint8Array {
  const workbook = new WorkbookWriter(name, headings, sheetRows);
  return Buffer.concat([...pages.map((page) => workbook.write(page)), workbook.end()]);
}

/** What a reader sees of a workbook's sheets, row by row. */
function seen(bytes: Uint8Array) {
  const read = readWorkbook(bytes);
  if ("problem" in read) throw new Error(read.problem);
  return read.sheets.map(({ name, rows }) => [name, rows.map(({ cells }) => cells)] as const);
}
const xmlOf = (bytes: Uint8Array, part: string) => strFromU8(unzipSync(bytes)[part] ?? new Uint8Array());

describe("a workbook", () => {
  test("has every text as it is, in however many pieces it was written", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }).map((one) => `${one.toWellFormed()}.`),
      fc.constantFrom(
        "=1+1",
        "00012",
        "_x0041_",
        "_x005F_x0041_",
        "]]>",
        "1e5",
        "2026-11-20",
        "12.50",
        "TRUE",
        "<&>\"'",
        "\r\n.",
      ),
    );
    const pages = fc.array(fc.array(fc.tuple(text, text), { maxLength: 5 }), { maxLength: 4 });
    fc.assert(
      fc.property(pages, (all) => {
        const rows = all.flat();
        // A carriage return is XML's own line end unless it is written by its number.
        expect(seen(written(["Party", "Remarks"], all))).toEqual([["bills", [["Party", "Remarks"], ...rows]]]);
      }),
    );
  });

  test("has amounts, days and counts as numbers that add up and sort", () => {
    const rows: Row[] = [
      ["2026-11-20", "118000.10", 3],
      ["", "-0.05", 0],
      ["soon", "99999999999999.99", 12],
      ["2026-11-20", "9999999999999.99", 1],
    ];
    const bytes = written(["Invoice date", "Total (₹)", "Days overdue"], [rows]);
    const xml = xmlOf(bytes, "xl/worksheets/sheet1.xml");
    expect(xml).toContain('<c r="A2" s="3"><v>46346</v></c><c r="B2" s="2"><v>118000.1</v></c><c r="C2"><v>3</v></c>');
    expect(xml).toContain('<row r="3"><c r="B3" s="2"><v>-0.05</v></c><c r="C3"><v>0</v></c>');
    // Beyond the digits that a workbook counts to it is text, to the paisa.
    expect(xml).toContain('<t xml:space="preserve">99999999999999.99</t>');
    expect(seen(bytes)[0]?.[1].slice(1)).toEqual([
      ["2026-11-20", "118000.1", "3"],
      ["", "-0.05", "0"],
      ["soon", "99999999999999.99", "12"],
      ["2026-11-20", "9999999999999.99", "1"],
    ]);
  });

  test("goes on in another sheet under the same headings where one is full", () => {
    const pages = [
      [["a"], ["b"]],
      [["c"], ["d"], ["e"]],
    ];
    expect(seen(written(["Party"], pages, 3))).toEqual([
      ["bills", [["Party"], ["a"], ["b"]]],
      ["bills 2", [["Party"], ["c"], ["d"]]],
      ["bills 3", [["Party"], ["e"]]],
    ]);
    const [, [name] = [""]] = seen(written(["Party"], pages, 3, "ledger-2012-04-01-to-2013-03-31"));
    expect(name).toBe("ledger-2012-04-01-to-2013-03- 2");
    expect(seen(written(["Party"], [[["a"], ["b"]]], 3))).toEqual([["bills", [["Party"], ["a"], ["b"]]]]);
  });

  test("names the cells of wide tables as spreadsheets do", () => {
    const headings = Array.from({ length: 703 }, (_, at) => `Column ${at}`);
    const xml = xmlOf(written(headings, []), "xl/worksheets/sheet1.xml");
    for (const [name, at] of [
      ["A1", 0],
      ["Z1", 25],
      ["AA1", 26],
      ["AZ1", 51],
      ["ZZ1", 701],
      ["AAA1", 702],
    ] as const)
      expect(xml).toContain(`<c r="${name}" t="inlineStr" s="4"><is><t xml:space="preserve">Column ${at}</t>`);
  });

  test("cuts a text that no cell has room for", () => {
    const [[, rows] = ["", []]] = seen(written(["Remarks"], [[["x".repeat(40_000)]]]));
    expect(rows[1]?.[0]).toHaveLength(32_767);
    expect(rows[1]?.[0]?.endsWith("x…")).toBe(true);
  });
});

test("the portal's exports have these columns as days and amounts; all others are text", () => {
  const headings = [
    ...[INVOICE_CSV_HEADER, PAYMENT_CSV_HEADER, SETTLED_INVOICE_CSV_HEADER],
    ...[LEDGER_CSV_HEADER, AGEING_CSV_HEADER, ACTIVITY_CSV_HEADER],
  ].flat();
  const of = (kind: string) => [...new Set(headings.filter((heading) => kindOf(heading) === kind))].sort();
  expect(of("day")).toEqual(["Date", "Due date", "Invoice date", "Paid on"]);
  expect(of("rupees")).toEqual(
    headings.filter((heading, at) => heading.includes("₹") && headings.indexOf(heading) === at).sort(),
  );
});
