import fc from "fast-check";
import { expect, test } from "vitest";
import { numberKey } from "@/features/invoices/alike";

test.each([
  ["KM/26-27/014", "km 26-27-14"],
  ["KM/26-27/014", "KM26/27/14"],
  ["INV-0007", "inv 7"],
  ["1/11", "11/1"],
  ["A\u200B-1", "A-1"],
])("%s may be %s", (one, other) => {
  expect(numberKey(one)).toBe(numberKey(other));
});

test.each([
  ["KM/14", "KM/140"],
  ["KM/104", "KM/14"],
  ["KM/0", "KM/"],
  ["A1", "B1"],
])("%s is not %s", (one, other) => {
  expect(numberKey(one)).not.toBe(numberKey(other));
});

test("a number in other letters alone has nothing to compare", () => {
  expect(["", "--", "\u0928\u0915\u0926"].map(numberKey)).toEqual(["", "", ""]);
});

test("signs around its letters and digits make no difference, nor does reading it twice", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("-", "/", " ", ".", "\u00A0"), (number, sign) => {
      expect(numberKey(sign + number + sign)).toBe(numberKey(number));
      expect(numberKey(numberKey(number))).toBe(numberKey(number).replace(/^0+(?=[0-9])/, ""));
    }),
  );
});
