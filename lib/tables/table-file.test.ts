import { describe, expect, test } from "vitest";
import { tableResponse } from "@/lib/tables/table-file";
import { readWorkbook } from "@/lib/tables/xlsx/workbook";

async function* pagesOf(rows: readonly string[][]) {
  yield* rows.map((row) => [row]);
}
const HEADINGS = ["UTR", "Paid on", "Net (₹)"];
const ROWS = [
  ["0012", "2026-11-20", "1180.50"],
  ["=1+1", "", ""],
];
const fileOf = (format: "csv" | "xlsx", rows = ROWS) =>
  tableResponse(format, "payments", HEADINGS, pagesOf(rows), (row) => row);

describe("a table", () => {
  test("is a CSV file, what looks like a formula guarded", async () => {
    const file = fileOf("csv");
    expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="payments.csv"');
    expect(Buffer.from(await file.arrayBuffer()).toString()).toBe(
      "\uFEFFUTR,Paid on,Net (₹)\r\n0012,2026-11-20,1180.50\r\n'=1+1,,\r\n",
    );
  });

  test.each([[ROWS], [[]]])("is a workbook", async (rows) => {
    const file = fileOf("xlsx", rows);
    expect(file.headers.get("content-type")).toContain("spreadsheetml.sheet");
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="payments.xlsx"');
    const read = readWorkbook(new Uint8Array(await file.arrayBuffer()));
    const seen = [HEADINGS, ["0012", "2026-11-20", "1180.5"], ["=1+1"]].slice(0, rows.length + 1);
    expect(read).toEqual({ sheets: [{ name: "payments", rows: seen.map((cells, at) => ({ row: at + 1, cells })) }] });
  });

  test.each(["csv", "xlsx"] as const)(
    "is read page by page as %s, and no further than it is wanted",
    async (format) => {
      const read: number[] = [];
      let isOver = false;
      async function* pages() {
        try {
          for (let page = 0; page < 100; page++) {
            read.push(page);
            yield [String(page)];
          }
        } finally {
          isOver = true;
        }
      }
      const reader = tableResponse(format, "x", ["n"], pages(), (item) => [item]).body?.getReader();
      await reader?.read();
      await reader?.read();
      await reader?.cancel();
      expect(read.length).toBeLessThan(4);
      expect(isOver).toBe(true);
    },
  );
});
