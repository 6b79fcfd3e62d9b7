import { expect, test } from "vitest";
import { listFormErrors } from "./form-errors";

test("nested errors become one list, in the order of the fields", () => {
  const ref = { name: "utr", type: "text", message: "never read" };
  expect(
    listFormErrors({
      utr: { type: "too_small", message: "Enter the UTR", ref },
      lines: [undefined, { amount: { type: "custom", message: "More than is due", ref } }],
    }),
  ).toEqual([
    { name: "utr", message: "Enter the UTR" },
    { name: "lines.1.amount", message: "More than is due" },
  ]);
});

test("an error of a whole list stands under the list's name", () => {
  const lines = Object.assign([], { root: { type: "too_small", message: "Choose at least one bill" } });
  expect(listFormErrors({ lines })).toEqual([{ name: "lines", message: "Choose at least one bill" }]);
});

test("a field that is called message, or type, is a field", () => {
  expect(listFormErrors({ message: { type: "custom", message: "Too long" } })).toEqual([
    { name: "message", message: "Too long" },
  ]);
});
