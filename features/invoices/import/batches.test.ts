import { expect, test } from "vitest";
import { batchesOf } from "@/features/invoices/import/progress";
import { NOTHING_SAID, rowsOf } from "@/features/invoices/import/rows";
import { readTable } from "@/features/invoices/import/table";

/** 120 invoices that a file has; each text is of the length that a row may have. */
function longInvoices() {
  const long = "चु".repeat(50);
  const lines = Array.from(
    { length: 120 },
    (_, n) => `${long.slice(4)}${n},${long},KAVERI@BCB,01-11-2026,01-12-2026,5,${long}${long}`,
  );
  const headings = "Invoice number,Party,Party's B2B ID,Invoice date,Due date,Total (₹),Description";
  const read = readTable({ text: [headings, ...lines].join("\r\n") });
  if ("problem" in read) throw new Error(read.problem);
  return rowsOf(read.table, NOTHING_SAID).flatMap(({ invoice }) => invoice ?? []);
}

const bytesOf = (value: object) => Buffer.byteLength(JSON.stringify(value));

test("requests are neither too many nor too large, and leave nothing out", () => {
  const invoices = longInvoices();
  expect(invoices).toHaveLength(120);
  const batches = batchesOf(invoices);
  expect(batches.flat()).toEqual(invoices);
  for (const batch of batches)
    expect(bytesOf({ side: "payable", dryRun: false, invoices: batch })).toBeLessThan(64 * 1024);
  // None of them could have taken what begins the next.
  for (const [index, [first]] of batches.slice(1).entries())
    expect(bytesOf(batches[index] ?? []) + bytesOf(first ?? {})).toBeGreaterThan(48 * 1024 - 100);
});

test("a request has fifty invoices, where they are short", () => {
  const short = longInvoices().map((invoice) => ({ ...invoice, supplierInvoiceNumber: "1", description: "" }));
  expect(batchesOf(short).map(({ length }) => length)).toEqual([50, 50, 20]);
});
