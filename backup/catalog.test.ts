import { expect, test } from "vitest";
import { parentsFirst } from "./catalog";

const table = (name: string, ...parents: string[]) => ({ name, columns: [], parents });

test("each table comes after those that its keys point to", () => {
  const tables = [table("delivery", "message"), table("message", "business"), table("business")];
  expect(parentsFirst(tables).map(({ name }) => name)).toEqual(["business", "message", "delivery"]);
});

test("a parent that isn't there holds nothing up", () => {
  expect(parentsFirst([table("a", "elsewhere")]).map(({ name }) => name)).toEqual(["a"]);
});

test("a circle is named", () => {
  expect(() => parentsFirst([table("a", "b"), table("b", "a")])).toThrow("circle: a, b");
});
