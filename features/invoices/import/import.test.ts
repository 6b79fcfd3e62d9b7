import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Invoice } from "@/features/invoices/api";
import { INVOICE_CSV_HEADER, invoiceCsvRow } from "@/features/invoices/csv";
import { IMPORT_COLUMNS } from "@/features/invoices/import/columns";
import { leftOutCsv, linesOf, type Outcome, unknownParties } from "@/features/invoices/import/progress";
import { type ImportRow, NOTHING_SAID, rowsOf } from "@/features/invoices/import/rows";
import { type ImportTable, MOST_ROWS, readTable, unusedHeadings } from "@/features/invoices/import/table";
import { importInvoicesSchema } from "@/features/invoices/schema";
import { csvLine } from "@/lib/csv";
import { columnsOf } from "@/lib/tables/headings";
import { MOST_BYTES } from "@/lib/tables/limits";

const HEADINGS = "Invoice number,Party,Party's B2B ID,Invoice date,Due date,Total (₹),Description";

function tableOf(text: string): ImportTable {
  const read = readTable({ text });
  if ("problem" in read) throw new Error(read.problem);
  return read.table;
}
const problemOf = (text: string) => {
  const read = readTable({ text });
  return "problem" in read ? read.problem : null;
};
const rowsIn = (lines: readonly string[], dueDays: number | null = null): ImportRow[] =>
  rowsOf(tableOf([HEADINGS, ...lines].join("\r\n")), { ...NOTHING_SAID, dueDays });

describe("its columns", () => {
  test("are known by what people and programs call them", () => {
    expect([
      ...columnsOf(["Sl no", "VENDOR NAME", "Bill No.", "bill date", "Invoice Amount (Rs.)"], IMPORT_COLUMNS),
    ]).toEqual([
      ["name", 1],
      ["supplierInvoiceNumber", 2],
      ["issueDate", 3],
      ["totalPaise", 4],
    ]);
  });

  test("of two that could be the same the one that is named more exactly is taken", () => {
    expect(columnsOf(["Amount", "Total (₹)"], IMPORT_COLUMNS).get("totalPaise")).toBe(1);
    expect(columnsOf(["Date", "Voucher date"], IMPORT_COLUMNS).get("issueDate")).toBe(1);
    expect(columnsOf(["Party", "Supplier"], IMPORT_COLUMNS).get("name")).toBe(0);
  });

  test("no name is that of two", () => {
    for (const { key, label, also } of IMPORT_COLUMNS)
      for (const name of [label, ...also]) expect([...columnsOf([name], IMPORT_COLUMNS).keys()]).toEqual([key]);
  });
});

describe("a table", () => {
  test.each([[","], [";"], ["\t"], ["|"]])("is parted by %j, and may begin with titles", (sign) => {
    const rows = [
      ["Purchase register", "", "", ""],
      ["", "", "", ""],
      ["Bill no", "Party", "Bill date", "Amount"],
      ["KM/1", "Kaveri", "01-11-2026", '"1,000.50"'],
      ["", "", "", ""],
      ["KM/2", '"Kaveri; ""Sons"""', "01-11-2026", "7"],
    ];
    const table = tableOf(rows.map((cells) => cells.join(sign)).join("\n"));
    expect(table.rows).toMatchObject([
      { row: 4, cells: ["KM/1", "Kaveri", "01-11-2026", "1,000.50"] },
      { row: 6, cells: ["KM/2", 'Kaveri; "Sons"', "01-11-2026", "7"] },
    ]);
  });

  test.each([
    ["nothing", " \r\n ", "nothing in it"],
    ["no headings", "KM/1,Kaveri,01-11-2026,100", "“Invoice number”, “Invoice date”, “Total (₹)”, “Party”"],
    ["no party", "Invoice number,Invoice date,Total\nKM/1,01-11-2026,5", "“Party”"],
    ["only headings", HEADINGS, "nothing below the headings"],
    ["an open quotation", `${HEADINGS}\nKM/1,"Kaveri,X,01-11-2026,01-12-2026,5,`, "Row 2 has a quotation mark"],
    [
      "too many rows",
      `${HEADINGS}\n${"KM/1,K,X,01-11-2026,01-12-2026,5,\n".repeat(MOST_ROWS + 1)}`,
      "more than 2,000 rows",
    ],
    ["too many empty rows", `${HEADINGS}\n${",\n".repeat(10_000)}KM/1`, "more than 2,000 rows"],
    ["too many columns", `${HEADINGS}${",".repeat(300)}`, "more than 200 columns"],
    ["too much", "x".repeat(MOST_BYTES + 1), "2 MB"],
  ])("with %s is refused, in words", (_name, text, words) => {
    expect(problemOf(text)).toContain(words);
  });

  test("what isn't used is named", () => {
    expect(unusedHeadings(tableOf("Sl no,Bill no,Party,Date,Amount,\n1,K,K,1-1-2027,5,"))).toEqual(["Sl no"]);
  });

  test("any text is read or refused, and never anything else", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'ab",;\t|\n\r=@\0é'), { maxLength: 200 }), (signs) => {
        const read = readTable({ text: `${HEADINGS}\n${signs.join("")}` });
        if ("problem" in read) expect(read.problem).toMatch(/\S/);
        else
          for (const row of rowsOf(read.table, { ...NOTHING_SAID, dueDays: 30 }))
            expect(row.invoice === null).toBe(row.problems.length > 0);
      }),
    );
  });
});

describe("a row", () => {
  const good = 'KM/1,Kaveri,KAVERI@BCB,01-11-2026,1 Dec 2026,"₹ 1,00,000.50",Copper';
  const invoiceIn = (line: string, dueDays: number | null = null) => rowsIn([line], dueDays)[0];

  test("is an invoice as the server takes it", () => {
    const invoice = invoiceIn(good)?.invoice;
    expect(importInvoicesSchema.parse({ side: "payable", invoices: [invoice] }).invoices).toMatchObject([
      {
        objectId: expect.stringMatching(/^INV[0-9a-f]{32}$/),
        counterparty: { b2bId: "KAVERI@BCB", name: "Kaveri" },
        supplierInvoiceNumber: "KM/1",
        description: "Copper",
        issueDate: "2026-11-01",
        dueDate: "2026-12-01",
        totalPaise: 10_000_050,
      },
    ]);
  });

  test("has account and codes as the network writes them, however the file does", () => {
    const table = tableOf(
      "Invoice number,Party,GSTIN,Invoice date,Due date,Total,Account number,IFSC\nKM/1,K,29aagcb7383j1z4,1-11-2026,1-12-2026,5,5010 0234-567812,hdfc0000123",
    );
    expect(rowsOf(table, NOTHING_SAID)[0]?.invoice?.counterparty).toMatchObject({
      gstin: "29AAGCB7383J1Z4",
      bankAccountNumber: "50100234567812",
      bankIfsc: "HDFC0000123",
    });
  });

  test("without a due date has the one that was asked for, or none", () => {
    const line = "KM/1,Kaveri,,01-11-2026,,5,";
    expect(invoiceIn(line, 45)?.invoice).toMatchObject({ dueDate: "2026-12-16" });
    expect(invoiceIn(line)?.problems).toMatchObject([{ column: "Due date" }]);
  });

  test.each([
    ["KM/1,,,01-11-2026,01-12-2026,5,", "Party", "Name the party"],
    [",Kaveri,,01-11-2026,01-12-2026,5,", "Invoice number", "Enter the invoice number"],
    ["KM/1,Kaveri,,45 Nov 2026,01-12-2026,5,", "Invoice date", "“45 Nov 2026” is not a date"],
    ["KM/1,Kaveri,,11/20/2026,2026-12-01,5,", "Invoice date", "the month first"],
    ["KM/1,Kaveri,,01-11-1926,01-12-2026,5,", "Invoice date", "2000 to 2100"],
    ["KM/1,Kaveri,,01-11-62,01-12-2062,5,", "Invoice date", "2000 to 2100"],
    ["KM/1,Kaveri,,01-11-2026,01-10-2026,5,", "Due date", "can't be before"],
    ["KM/1,Kaveri,,01-11-2026,01-12-2026,12k,", "Total (₹)", "“12k” is not an amount"],
    ["KM/1,Kaveri,,01-11-2026,01-12-2026,-5,", "Total (₹)", "“-5” is not an amount"],
    // 1,234.50 as some software writes it: 1,23,450.00 would be a hundred times as much.
    ['KM/1,Kaveri,,01-11-2026,01-12-2026,"1234,50",', "Total (₹)", "“1234,50” is not an amount"],
    ['KM/1,Kaveri,,01-11-2026,01-12-2026,"₹ 234,5",', "Total (₹)", "“₹ 234,5” is not an amount"],
    ["KM/1,Kaveri,,01-11-2026,01-12-2026,0,", "Total (₹)", "above zero"],
    ["KM/1,Kaveri,,01-11-2026,01-12-2026,,", "Total (₹)", "Enter an amount"],
    ["KM/\u200b1,Kaveri,,01-11-2026,01-12-2026,5,", "Invoice number", "can't be seen"],
  ])("%s says what is wrong", (line, column, words) => {
    const row = invoiceIn(line);
    expect(row?.invoice).toBeNull();
    expect(row?.problems).toEqual([{ column, message: expect.stringContaining(words) }]);
  });

  test("all that is wrong is said at once", () => {
    expect(
      invoiceIn(",,,x,y,z,")
        ?.problems.map(({ column }) => column)
        .sort(),
    ).toEqual(["Due date", "Invoice date", "Invoice number", "Party", "Total (₹)"]);
  });

  test("is not taken for another day where the file has the month first somewhere", () => {
    const rows = rowsIn([
      "KM/1,Kaveri,,03/04/2026,2026-12-01,5,",
      "KM/2,Kaveri,,11/20/2026,2026-12-01,5,",
      "KM/3,Kaveri,,05/05/2026,2026-12-01,5,",
    ]);
    expect(rows.map(({ problems }) => problems.map(({ message }) => message))).toEqual([
      [expect.stringContaining("may be 3 Apr 2026 or 4 Mar 2026: row 3 has the month first")],
      [expect.stringContaining("has the month first")],
      [],
    ]);
  });
});

test("our own export is read as what it says", () => {
  const exported = { b2bId: "KAVERI@BCB", name: "=cmd|Kaveri" };
  const invoice = {
    side: "payable",
    status: "CREATED",
    counterparty: exported,
    supplierInvoiceNumber: "-KM,1",
    description: "@x",
    issueDate: "2026-11-01",
    dueDate: "2026-12-01",
    totalPaise: 10_000_050,
    paidPaise: 5,
    pendingPaise: 6,
    duePaise: 7,
    daysOverdue: 0,
  } as Invoice;
  const [row] = rowsOf(tableOf(`\uFEFF${csvLine(INVOICE_CSV_HEADER)}${csvLine(invoiceCsvRow(invoice))}`), NOTHING_SAID);
  expect(row?.invoice ?? row?.problems).toMatchObject({
    counterparty: { b2bId: "KAVERI@BCB", name: "=cmd|Kaveri" },
    supplierInvoiceNumber: "-KM,1",
    description: "@x",
    issueDate: "2026-11-01",
    dueDate: "2026-12-01",
    totalPaise: 10_000_050,
  });
});

describe("what has come of it", () => {
  const rows = rowsIn([
    "KM/1,Kaveri,,01-11-2026,01-12-2026,5,",
    "km / 1,KAVERI METALS,,02-11-2026,01-12-2026,5,",
    "KM/2,Kaveri,,01-11-2026,01-12-2026,x,",
    "KM/3,Nobody,,01-11-2026,01-12-2026,5,",
    "KM/4,Kaveri,,01-11-2026,01-12-2026,5,",
    "KM/5,Kaveri,,01-11-2026,01-12-2026,5,",
    "KM/6,Kaveri,,01-11-2026,01-12-2026,5,",
  ]);
  const outcomeOf = (index: number, changes: Partial<Outcome> = {}): [string, Outcome] => {
    const objectId = rows[index]?.objectId ?? "";
    const counterparty = { b2bId: "KAVERI@BCB", name: "Kaveri Metals", isNew: index === 5 };
    const nothing = { invoiceId: null, problem: null, difference: null, cancelled: null };
    return [objectId, { objectId, outcome: "new", counterparty, ...nothing, ...changes }];
  };
  const unknown = { path: "counterparty.b2bId", message: "Nobody is not among your parties yet." };
  const outcomes = new Map([
    outcomeOf(0, { outcome: "added", invoiceId: "1" }),
    outcomeOf(1, { outcome: "present", problem: { path: "", message: "The same bill comes before this one." } }),
    outcomeOf(3, { outcome: "refused", counterparty: null, problem: unknown }),
    outcomeOf(5),
    outcomeOf(4, {
      outcome: "present",
      invoiceId: "4",
      problem: { path: "supplierInvoiceNumber", message: "Is there." },
    }),
  ]);
  const lines = linesOf(rows, outcomes);

  test("stands beside each row; a bill that stands there twice is added once", () => {
    expect(lines.map(({ row, state, party, words }) => [row, state, party, ...words])).toEqual([
      [2, "added", "Kaveri Metals"],
      [3, "wrong", "Kaveri Metals", "The same bill stands in row 2."],
      [4, "wrong", "Kaveri", "Total (₹): “x” is not an amount. Write it like 1,23,456.50."],
      [5, "wrong", "Nobody", "Party's B2B ID: Nobody is not among your parties yet."],
      [6, "present", "Kaveri Metals", "Is there."],
      [7, "new", "Kaveri Metals", "KAVERI@BCB was not among your parties before."],
      [8, "unseen", "Kaveri"],
    ]);
  });

  test("who isn't known is asked once for all its rows, and they are its then", () => {
    const named = ["Nilgiri", "Tapi", "TAPI ", "Tapi"].map((name, n) => `KM/${n},${name},,01-11-2026,01-12-2026,5,`);
    const table = tableOf([HEADINGS, ...named, "KM/9,,X@BCB,01-11-2026,01-12-2026,5,"].join("\n"));
    const read = rowsOf(table, NOTHING_SAID);
    const problem = { path: "counterparty.b2bId", message: "Who?", code: "PARTY_UNKNOWN" };
    const nothing = { invoiceId: null, counterparty: null, difference: null, cancelled: null };
    const refused = { outcome: "refused", problem, ...nothing } as const;
    const seen = linesOf(read, new Map(read.map(({ objectId }) => [objectId, { objectId, ...refused }])));
    const asked = unknownParties(seen);
    expect(asked).toMatchObject([
      { called: "Nilgiri", count: 1 },
      { called: "Tapi", count: 3 },
    ]);
    const parties = new Map([[String(asked[1]?.key), "TAPI@BCB"]]);
    const ids = rowsOf(table, { ...NOTHING_SAID, parties }).map(({ invoice }) => invoice?.counterparty.b2bId);
    expect(ids).toEqual([undefined, "TAPI@BCB", "TAPI@BCB", "TAPI@BCB", "X@BCB"]);
  });

  test("what was left out is a file again, which says once what is wrong", () => {
    const table = tableOf(`${HEADINGS}\nKM/2,=Kaveri,,01-11-2026,01-12-2026,x`);
    const again = (of: ImportTable) => tableOf(leftOutCsv(of, linesOf(rowsOf(of, NOTHING_SAID), new Map())));
    const twice = again(again(table));
    expect(twice.headings).toEqual([...HEADINGS.split(","), "What is wrong"]);
    expect(twice.rows[0]?.cells).toEqual([
      ...["KM/2", "'=Kaveri", "", "01-11-2026", "01-12-2026", "x", ""],
      "Total (₹): “x” is not an amount. Write it like 1,23,456.50.",
    ]);
    expect(rowsOf(twice, NOTHING_SAID)[0]?.texts.get("name")).toBe("=Kaveri");
  });
});
