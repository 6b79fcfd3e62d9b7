import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, formatDay } from "@/lib/time";
import { readTypedDay } from "@/lib/typed-day";

describe("a day as it was typed", () => {
  test.each([
    ["2026-11-20", "2026-11-20"],
    ["2026/1/5", "2026-01-05"],
    ["20-11-2026", "2026-11-20"],
    ["20/11/26", "2026-11-20"],
    ["20/11/49", "2049-11-20"],
    ["20/11/62", "1962-11-20"],
    ["20 Nov 99", "1999-11-20"],
    ["20.11.2026", "2026-11-20"],
    ["5-1-2027", "2027-01-05"],
    ["20-Nov-26", "2026-11-20"],
    ["20 November 2026", "2026-11-20"],
    ["1 Sept. 2026", "2026-09-01"],
    ["20Nov2026", "2026-11-20"],
    [" 20-11-2026 00:00:00 ", "2026-11-20"],
    ["2026-11-20T00:00:00.000Z", "2026-11-20"],
    ["29-02-2028", "2028-02-29"],
  ])("%s is %s", (typed, day) => {
    expect(readTypedDay(typed).dayFirst).toBe(day);
  });

  test.each([
    "",
    "soon",
    "31-11-2026",
    "29-02-2027",
    "20-13-2026",
    "2026-11",
    "46346",
    "20 Foo 2026",
    "20-11-2026 14:05",
    "1/2/3/4",
  ])("%s is none", (typed) => {
    expect(readTypedDay(typed).dayFirst).toBeNull();
  });

  test("the month first is another reading where the text leaves it open", () => {
    expect(readTypedDay("03/04/2026")).toEqual({ dayFirst: "2026-04-03", monthFirst: "2026-03-04" });
    expect(readTypedDay("11/20/2026")).toEqual({ dayFirst: null, monthFirst: "2026-11-20" });
    expect(readTypedDay("20/11/2026")).toEqual({ dayFirst: "2026-11-20", monthFirst: null });
    expect(readTypedDay("3 Apr 2026").monthFirst).toBeNull();
    expect(readTypedDay("2026-04-03").monthFirst).toBeNull();
  });

  test("every day is read back as it is written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_500 }), fc.constantFrom("-", "/", "."), (days, sign) => {
        const day = addDays("2000-01-01", days);
        const [years, month, date] = day.split("-");
        expect(readTypedDay(day).dayFirst).toBe(day);
        expect(readTypedDay(formatDay(day)).dayFirst).toBe(day);
        expect(readTypedDay([date, month, years].join(sign)).dayFirst).toBe(day);
      }),
    );
  });
});
