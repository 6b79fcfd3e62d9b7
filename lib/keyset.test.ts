import fc from "fast-check";
import { expect, test } from "vitest";
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
