import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Invoice } from "@/features/invoices/api";
import { isChangeable, linesOf, type Outcome, toWrite } from "@/features/invoices/import/progress";
import { type ImportRow, NOTHING_SAID, rowsOf } from "@/features/invoices/import/rows";
import { readTable } from "@/features/invoices/import/table";
import { COMPARED_FIELDS, type ComparedField, differingFields } from "@/features/invoices/rules";
import { importInvoicesSchema } from "@/features/invoices/schema";

const THERE = {
  id: "019aa0d5-c1f0-7c3e-8a4b-5d6e7f8091aa",
  version: 3,
  supplierInvoiceNumber: "KM/1",
  issueDate: "2026-11-01",
  dueDate: "2026-12-16",
  totalPaise: 100_000,
  description: "Copper",
} as Invoice;

function rowsIn(lines: readonly string[], dueDays: number | null = 30): ImportRow[] {
  const read = readTable({
    text: ["Invoice number,Party,Invoice date,Due date,Total,Description", ...lines].join("\n"),
  });
  if ("problem" in read) throw new Error(read.problem);
  return rowsOf(read.table, { ...NOTHING_SAID, dueDays });
}

/** What the server says of a row whose bill is there. */
function presentOf(row: ImportRow, fields: ComparedField[], changes: Partial<Outcome> = {}): Outcome {
  return {
    objectId: row.objectId,
    outcome: "present",
    invoiceId: THERE.id,
    counterparty: { b2bId: "KAVERI@BCB", name: "Kaveri", isNew: false },
    problem: { path: "supplierInvoiceNumber", message: "Is there.", code: "DUPLICATE_INVOICE" },
    difference: fields.length > 0 ? { there: THERE, fields, refusal: null } : null,
    cancelled: null,
    ...changes,
  };
}

const linesWith = (rows: readonly ImportRow[], outcomes: readonly Outcome[]) =>
  linesOf(rows, new Map(outcomes.map((outcome) => [outcome.objectId, outcome])));

const lineOf = (text: string, fields: ComparedField[], changes: Partial<Outcome> = {}) => {
  const rows = rowsIn([text]);
  return linesWith(
    rows,
    rows.map((row) => presentOf(row, fields, changes)),
  )[0];
};

describe("a bill that was cancelled", () => {
  const told = {
    problem: { path: "supplierInvoiceNumber", message: "KM/1 was cancelled.", code: "CANCELLED_INVOICE" },
    cancelled: { at: "2026-11-27T09:00:00.000Z", by: "Ravi" },
  };
  const text = "KM/1,Kaveri,01-11-2026,16-12-2026,1000,";

  test("is told with its reason, and goes to the server only where it is chosen, as wanted anew", () => {
    const line = lineOf(text, [], told);
    expect(line).toMatchObject({ state: "cancelled", words: ["KM/1 was cancelled."], invoiceId: THERE.id });
    expect(line && [toWrite(line, false), toWrite(line, true)]).toEqual([null, { ...line?.invoice, anew: true }]);
    expect(importInvoicesSchema.parse({ side: "payable", invoices: [line && toWrite(line, true)] })).toMatchObject({
      invoices: [{ totalPaise: 100_000, anew: true }],
    });
  });

  test("is offered once, however often it stands in the file", () => {
    const rows = rowsIn([text, text]);
    const lines = linesWith(
      rows,
      rows.map((row) => presentOf(row, [], told)),
    );
    expect(lines.map(({ state, words }) => [state, ...words])).toEqual([
      ["cancelled", "KM/1 was cancelled."],
      ["wrong", "The same bill stands in row 2."],
    ]);
  });

  test("what is new is sent, and what differs only where it is chosen and may be changed", () => {
    const fresh = lineOf(text, [], { outcome: "new", invoiceId: null, problem: null });
    expect(fresh && [toWrite(fresh, false), toWrite(fresh, true)]).toEqual([fresh?.invoice, fresh?.invoice]);
    const other = lineOf(text, ["totalPaise"]);
    expect(other && [toWrite(other, false), toWrite(other, true)]).toEqual([null, other?.difference?.edit]);
    const fixed = lineOf(text, [], { difference: { there: THERE, fields: ["totalPaise"], refusal: "It is paid." } });
    const present = lineOf(text, []);
    expect([fixed, present].map((line) => line && toWrite(line, true))).toEqual([null, null]);
  });
});

describe("what a file and the books say of one bill", () => {
  test("differs in each field that the file has and has otherwise, and in nothing that it doesn't have", () => {
    const value = fc.constantFrom("a", "b");
    const content = fc.record({ totalPaise: value, issueDate: value, dueDate: value, description: value });
    const partial = fc.record(
      { totalPaise: value, issueDate: value, dueDate: value, description: value },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(content, partial, (there, given) => {
        expect(differingFields(there, there)).toEqual([]);
        const after = { ...there, ...given };
        expect(differingFields(there, given)).toEqual(COMPARED_FIELDS.filter((field) => there[field] !== after[field]));
        expect(differingFields(after, given)).toEqual([]);
      }),
    );
  });

  test("stands beside its row, with the change as the server takes it", () => {
    const line = lineOf("km/1,Kaveri,01-11-2026,20-12-2026,800,", ["totalPaise", "dueDate"]);
    expect(line).toMatchObject({ state: "different", words: [], isMissed: false, invoiceId: THERE.id });
    expect(line?.difference).toMatchObject({ there: THERE, fields: ["totalPaise", "dueDate"], refusal: null });
    expect(importInvoicesSchema.parse({ side: "payable", invoices: [line?.difference?.edit] }).invoices).toMatchObject([
      { totalPaise: 80_000, dueDate: "2026-12-20", edits: { invoiceId: THERE.id, version: 3 } },
    ]);
    expect(line?.difference?.edit.description).toBeUndefined();
  });

  test("is the same where the server says so", () => {
    expect(lineOf("KM/1,Kaveri,01-11-2026,16-12-2026,1000,", [])).toMatchObject({
      state: "present",
      words: ["Is there."],
      difference: null,
    });
  });

  test("doesn't differ by a due date that was said for all rows without one, and the bill keeps its own", () => {
    expect(lineOf("KM/1,Kaveri,01-11-2026,,1000,", ["dueDate"])).toMatchObject({ state: "present", difference: null });
    expect(lineOf("KM/1,Kaveri,01-11-2026,,800,", ["totalPaise", "dueDate"])).toMatchObject({
      state: "different",
      difference: { fields: ["totalPaise"], edit: { dueDate: "2026-12-16", totalPaise: 80_000 } },
    });
    // Its own would be before the file's invoice date.
    expect(lineOf("KM/1,Kaveri,20-12-2026,,1000,", ["issueDate", "dueDate"])).toMatchObject({
      difference: { fields: ["issueDate", "dueDate"], edit: { dueDate: "2027-01-19" } },
    });
  });

  test("can't be changed where the rules don't let it", () => {
    const refusal = "₹400.00 is paid already.";
    const line = lineOf("KM/1,Kaveri,01-11-2026,16-12-2026,800,", [], {
      difference: { there: THERE, fields: ["totalPaise"], refusal },
    });
    expect(line).toMatchObject({ state: "different", difference: { refusal } });
    expect(
      [line, lineOf("KM/1,Kaveri,01-11-2026,16-12-2026,800,", ["totalPaise"])].map(
        (each) => each && isChangeable(each),
      ),
    ).toEqual([false, true]);
  });

  test("that was to be changed, and was not, says why; gone, it is left out", () => {
    const problem = { path: "edits", message: "Someone else changed this.", code: "CHANGED_MEANWHILE" };
    const text = "KM/1,Kaveri,01-11-2026,16-12-2026,800,";
    expect(lineOf(text, ["totalPaise"], { problem })).toMatchObject({
      state: "different",
      isMissed: true,
      words: ["Someone else changed this."],
    });
    expect(lineOf(text, [], { outcome: "refused", invoiceId: null, problem })).toMatchObject({
      state: "wrong",
      words: ["Someone else changed this."],
    });
    expect(lineOf(text, [], { outcome: "changed", problem: null })).toMatchObject({ state: "changed", words: [] });
  });

  test("is changed by the first of its rows alone", () => {
    const rows = rowsIn([1000, 800, 800, 1000].map((total) => `KM/1,Kaveri,01-11-2026,16-12-2026,${total},`));
    const fields: ComparedField[][] = [[], ["totalPaise"], ["totalPaise"], []];
    const outcomes = rows.map((row, index) => presentOf(row, fields[index] ?? []));
    const statesOf = (from: number) =>
      linesWith(rows.slice(from), outcomes).map(({ state, words }) => [state, ...words]);
    expect(statesOf(0)).toEqual([
      ["present", "Is there."],
      ["wrong", "The same bill stands in row 2."],
      ["wrong", "The same bill stands in row 2."],
      ["present", "Is there."],
    ]);
    expect(statesOf(1)).toEqual([["different"], ["wrong", "The same bill stands in row 3."], ["present", "Is there."]]);
  });
});
