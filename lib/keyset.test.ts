import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cursorSchema } from "@/lib/http/list-query";
import { keysetPage } from "@/lib/keyset";

const BY_NAME = {
  column: "counterparty_name",
  kind: "text",
  descending: false,
  id: { column: "id", type: "uuid" },
} as const;
const id = "0193f0c8-0000-7000-8000-000000000001";

/** The cursor to the page after a row with this value. */
function cursorAfter(value: string): string {
  const page = keysetPage("-supplierInvoiceNumber", BY_NAME, { limit: 1 });
  const { nextCursor } = page.finish([value, value], (row) => ({ value: row, id }));
  if (nextCursor === null) throw new Error("there is a page after it");
  return nextCursor;
}

test.each([
  ["Devanagari", "श्री".repeat(100)],
  ["Chinese", "漢".repeat(400)],
  ["emoji", "😀".repeat(200)],
  ["what JSON escapes", '"\\'.repeat(200)],
  ["control characters", "\u0001".repeat(400)],
])("a cursor that a list makes is one that it takes, also of a long name: %s", (_, value) => {
  expect(value).toHaveLength(400);
  const cursor = cursorSchema.parse(cursorAfter(value));
  const { after } = keysetPage("-supplierInvoiceNumber", BY_NAME, { cursor, limit: 1 });
  expect(after.values).toEqual([value, id]);
});

test("and so of any text", () => {
  const text = fc.string({ unit: "binary", maxLength: 200 }).filter((value) => !value.includes("\0"));
  fc.assert(
    fc.property(text, (value) => {
      const cursor = cursorSchema.parse(cursorAfter(value));
      expect(keysetPage("-supplierInvoiceNumber", BY_NAME, { cursor, limit: 1 }).after.values).toEqual([value, id]);
    }),
  );
});

describe("a cursor that no list made", () => {
  const kinds = { day: "2026-11-20", instant: "2026-11-20T10:00:00.000Z", whole: "100", text: "Kaveri", uuid: id };
  type Kind = keyof typeof kinds;
  const taken = { sort: "x", back: false, id };

  /** Whether a list in an order of that kind takes a cursor that says this. */
  function isTaken(kind: Kind, said: object, idType: "uuid" | "text" = "uuid"): boolean {
    const cursor = Buffer.from(JSON.stringify({ ...taken, value: kinds[kind], ...said })).toString("base64url");
    const order = { column: "c", kind, descending: false, id: { column: "id", type: idType } };
    try {
      keysetPage("x", order, { cursor, limit: 1 });
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: "INVALID", fields: [{ path: "cursor" }] });
      return false;
    }
  }

  test.each(Object.keys(kinds) as Kind[])("as a %s: one for this sort is taken, one for another isn't", (kind) => {
    expect(isTaken(kind, {})).toBe(true);
    expect(isTaken(kind, { sort: "-x" })).toBe(false);
  });

  // Each of them PostgreSQL would choke on.
  test.each<[Kind, string]>([
    ["day", "2026-02-30"],
    ["day", "0000-01-01"],
    ["day", "tomorrow"],
    ["instant", "0000-01-01T00:00:00.000Z"],
    ["instant", "+012026-11-20T10:00:00.000Z"],
    ["instant", "2026-11-20"],
    ["whole", "9".repeat(19)],
    ["whole", "-1"],
    ["whole", "1.5"],
    ["text", "Kav\0eri"],
    ["uuid", "1"],
  ])("as a %s: %j is refused", (kind, value) => {
    expect(isTaken(kind, { value })).toBe(false);
  });

  test("an id that is none, or that no table can hold, is refused", () => {
    expect(isTaken("text", { id: "PMT1" })).toBe(false);
    expect(isTaken("text", { id: "PMT1" }, "text")).toBe(true);
    expect(isTaken("text", { id: "PMT\0" }, "text")).toBe(false);
  });
});

test("pages forth and back: before the first there is none, and none after the last", () => {
  const rows = [1, 2, 3, 4, 5].map((n) => ({ value: String(n), id: `0193f0c8-0000-7000-8000-00000000000${n}` }));
  const order = { column: "total", kind: "whole", descending: false, id: { column: "id", type: "uuid" } } as const;
  const page = (cursor: string | null, found: typeof rows) =>
    keysetPage("total", order, { cursor: cursor ?? undefined, limit: 2 }).finish(found, (row) => row);
  const first = page(null, rows.slice(0, 3));
  expect(first).toMatchObject({ rows: rows.slice(0, 2), previousCursor: null });
  const second = page(first.nextCursor, rows.slice(2, 5));
  const last = page(second.nextCursor, rows.slice(4));
  expect(last).toMatchObject({ rows: rows.slice(4), nextCursor: null });
  const back = page(last.previousCursor, rows.slice(1, 4).toReversed());
  expect(back).toEqual(second);
  expect(page(back.previousCursor, rows.slice(0, 2).toReversed())).toEqual(first);
  // All before it is gone by now.
  expect(page(back.previousCursor, [])).toEqual({ rows: [], nextCursor: null, previousCursor: null });
});
