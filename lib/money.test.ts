import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  beforeTax,
  formatRupees,
  fromWireRupees,
  MAX_PAISE,
  nearestRupee,
  paise,
  paiseToRupees,
  parseRupees,
  rupeesToPaise,
  shareOf,
  smaller,
  subtract,
  toFieldText,
  toInputText,
  ZERO,
} from "@/lib/money";

const amount = fc.integer({ min: 0, max: MAX_PAISE }).map(paise);
const signed = fc.integer({ min: -MAX_PAISE, max: MAX_PAISE }).map(paise);

describe("rupees on the wire", () => {
  test("every amount survives the way out and back, as a number and as JSON", () => {
    fc.assert(
      fc.property(signed, (value) => {
        expect(rupeesToPaise(paiseToRupees(value))).toBe(value);
        expect(rupeesToPaise(JSON.parse(JSON.stringify(paiseToRupees(value))))).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  test("are read as their digits say: two decimals at most, and no rounding", () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), fc.nat(6).chain(digits), (whole, decimals) => {
        const read = rupeesToPaise(Number(`${whole}.${decimals || "0"}`));
        const significant = decimals.replace(/0+$/, "");
        if (significant.length > 2) expect(read).toBeNull();
        else expect(read).toBe(whole * 100 + Number(decimals.slice(0, 2).padEnd(2, "0")));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([1.005, 0.001, 100.123, 1e-7, 33.333333, 9_999_999_999.999])("%d has more than two decimals", (rupees) => {
    expect(rupeesToPaise(rupees)).toBeNull();
  });

  test.each([
    [0.1 + 0.2, null],
    [0.29, 29],
    [1.15, 115],
    [4.35, 435],
    [19.99, 1999],
    [-0, 0],
    [0, 0],
    [9_99_99_99_999.99, 9_99_99_99_999_99],
  ])("%d rupees are %s paise", (rupees, expected) => {
    expect(Object.is(rupeesToPaise(rupees), expected)).toBe(true);
  });

  test("beyond what is handled, or not a number: null, never a guess", () => {
    expect(rupeesToPaise(MAX_PAISE / 100)).toBe(MAX_PAISE);
    for (const wrong of [MAX_PAISE / 100 + 1, 1e21, Number.MAX_VALUE, Infinity, -Infinity, Number.NaN])
      expect(rupeesToPaise(wrong)).toBeNull();
    expect(() => fromWireRupees(1.005)).toThrow(RangeError);
    expect(fromWireRupees(12.5)).toBe(1250);
  });
});

describe("arithmetic", () => {
  test("adds and takes away exactly, in any order", () => {
    fc.assert(
      fc.property(fc.array(signed, { maxLength: 50 }), (amounts) => {
        const exact = amounts.reduce((sum, value) => sum + BigInt(value), 0n);
        expect(BigInt(add(...amounts))).toBe(exact);
        expect(add(...[...amounts].reverse())).toBe(add(...amounts));
      }),
    );
    fc.assert(
      fc.property(signed, signed, (a, b) => {
        expect(add(subtract(a, b), b)).toBe(a);
        expect(smaller(a, b)).toBe(Math.min(a, b));
      }),
    );
    expect(add()).toBe(ZERO);
  });

  test("what an amount was before tax, with that tax, is the amount again but for rounding", () => {
    expect(beforeTax(paise(1_18_000_00), 1800)).toBe(1_00_000_00);
    expect(beforeTax(paise(100_00), 0)).toBe(100_00);
    // 84.745… and 84.754…: to the nearest paisa.
    expect([beforeTax(paise(100_00), 1800), beforeTax(paise(100_01), 1800)]).toEqual([84_75, 84_75]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_PAISE }), fc.integer({ min: 0, max: 10_000 }), (value, rate) => {
        const base = BigInt(beforeTax(paise(value), rate));
        const error = base * BigInt(10_000 + rate) - BigInt(value) * 10_000n;
        expect(2n * (error < 0n ? -error : error) <= BigInt(10_000 + rate)).toBe(true);
      }),
    );
  });

  test("takes whole numbers only, and none that a double can't hold", () => {
    expect(paise(12n)).toBe(12);
    for (const wrong of [0.5, Number.NaN, Infinity, 2 ** 53, 2n ** 60n]) expect(() => paise(wrong)).toThrow(RangeError);
    expect(() => add(paise(Number.MAX_SAFE_INTEGER), paise(1))).toThrow(RangeError);
  });
});

describe("amounts that people type and read", () => {
  test("what is shown can be typed back", () => {
    fc.assert(
      fc.property(amount, (value) => {
        expect(parseRupees(formatRupees(value))).toBe(value);
        expect(parseRupees(toInputText(value))).toBe(value);
      }),
    );
  });

  test.each([
    ["1,23,456.50", 12_345_650],
    ["₹ 500", 50_000],
    ["Rs. 500", 50_000],
    ["INR 500.5", 50_050],
    [".5", 50],
    ["7.", 700],
    ["0", 0],
    ["", null],
    ["₹", null],
    [".", null],
    ["-5", null],
    ["1.005", null],
    ["1e3", null],
    ["12a", null],
    ["1 000", null],
    // A decimal comma, or a digit that was lost: nobody can say how much was meant.
    ["1234,50", null],
    ["1,23,45", null],
    ["1,23,45.50", null],
    ["1,5", null],
    ["99,99,99,99,999.99", 99_99_99_99_999_99],
    ["1,00,00,00,00,000", null],
    ["9".repeat(400), null],
    // As a bank's file of columns of one width has it.
    ["000000000098000.00", 98_000_00],
  ])("%j", (text, expected) => {
    expect(parseRupees(text)).toBe(expected !== null && expected > MAX_PAISE ? null : expected);
  });

  test("a field for money shows what it reads", () => {
    fc.assert(fc.property(amount, (value) => parseRupees(toFieldText(value)) === value));
    expect(toFieldText(paise(53_100_00))).toBe("53,100.00");
  });

  test("grouped in lakh and crore", () => {
    expect(formatRupees(paise(1_23_45_678_90))).toBe("₹1,23,45,678.90");
    expect(formatRupees(paise(50))).toBe("₹0.50");
    expect(formatRupees(paise(-100))).toBe("-₹1.00");
  });
});

describe("a share at a rate", () => {
  test("is exact, also of amounts whose product a double doesn't hold", () => {
    expect(shareOf(paise(12_345_67), 200)).toBe(246_91);
    expect(shareOf(MAX_PAISE, 9_999)).toBe(Number((BigInt(MAX_PAISE) * 9_999n) / 10_000n));
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (value, rate) => {
        const share = BigInt(shareOf(value, rate));
        const product = BigInt(value) * BigInt(rate);
        expect(share * 10_000n <= product && product < (share + 1n) * 10_000n).toBe(true);
      }),
    );
  });

  test("to the nearest rupee, half a rupee up", () => {
    expect([0, 49, 50, 149, 150, 12_345_50].map((value) => nearestRupee(paise(value)))).toEqual([
      0, 0, 100, 100, 200, 12_346_00,
    ]);
  });
});
