import { describe, expect, test } from "vitest";
import { groupIndianDigits } from "./indian-digits";

describe("amounts as people in India write them", () => {
  test.each([
    ["0", "0"],
    ["999", "999"],
    ["1000", "1,000"],
    ["100000", "1,00,000"],
    ["123456.5", "1,23,456.50"],
    ["₹ 12,345,678.90", "1,23,45,678.90"],
    ["007", "7"],
    ["5.", "5"],
    ["0.05", "0.05"],
  ])("%s becomes %s", (typed, shown) => expect(groupIndianDigits(typed)).toBe(shown));

  test.each(["", "abc", "1.234", "-5", "1e5", "12..5", "1234,50", "1,23,45"])(
    "%s is left for the form to refuse",
    (typed) => expect(groupIndianDigits(typed)).toBe(typed),
  );
});
