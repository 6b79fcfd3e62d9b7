import { expect, test } from "vitest";
import { MAX_BILLS, paymentRequestSchema } from "@/features/payments/schema";
import { MAX_PAISE } from "@/lib/money";

const line = {
  invoiceId: "0193f0c8-0000-7000-8000-000000000001",
  netPaise: 100,
  adjustmentPaise: 0,
  splits: [] as object[],
};

function issuesOf(change: object, others: object = {}) {
  const request = {
    objectId: `PMT${"0".repeat(32)}`,
    supplierB2BId: "29AAGCK8215M1Z0@BCB",
    type: "OFFPLATFORM",
    mode: "NEFT",
    utr: "HDFCN52026112012",
    paidAt: "2026-11-20T14:05:00+05:30",
    lines: [{ ...line, ...change }],
    ...others,
  };
  return paymentRequestSchema.safeParse(request).error?.issues ?? [];
}

const problemsOf = (change: object, others?: object): string[] =>
  issuesOf(change, others).map((issue) => issue.path.join("."));

const split = { name: "TDS", valuePaise: MAX_PAISE, refNo: "" };

// The sums over several fields are made in numbers that hold them; a field that no number of paise holds must end the check before.
test.each([
  ["an amount that no whole number holds", { netPaise: 1e308 }, "lines.0.netPaise"],
  ["an amount just past what is exact", { adjustmentPaise: 2 ** 53 }, "lines.0.adjustmentPaise"],
  ["half a paisa", { netPaise: 0.5 }, "lines.0.netPaise"],
  ["less than nothing", { netPaise: -(2 ** 53) }, "lines.0.netPaise"],
  ["an adjustment's part", { splits: [{ ...split, valuePaise: 1e300 }] }, "lines.0.splits.0.valuePaise"],
  ["more parts than their sum can hold", { splits: Array(1000).fill(split) }, "lines.0.splits"],
])("%s is a problem of its field, not an exception", (_what, change, path) => {
  expect(problemsOf(change)).toEqual([path]);
});

test.each([
  ["rupees with a point", { netPaise: 1234.5 }, {}, "Give the amount in paise, as a whole number: ₹123.45 is 12345."],
  ["an amount as text", { netPaise: "123450" }, {}, "Give the amount in paise, as a whole number: ₹123.45 is 12345."],
  ["no amount", { netPaise: undefined }, {}, "Enter an amount."],
  ["a day", {}, { paidAt: "2026-11-20" }, "Write a time with its offset, like 2026-11-20T14:05:00+05:30."],
  [
    "a time of nowhere",
    {},
    { paidAt: "2026-11-20T14:05:00" },
    "Write a time with its offset, like 2026-11-20T14:05:00+05:30.",
  ],
  ["no time", {}, { paidAt: "" }, "Enter the date and time it was paid."],
])("%s: what is wrong is said so that a program can be mended", (_what, change, others, words) => {
  expect(issuesOf(change, others).map((issue) => issue.message)).toEqual([words]);
});

test("as it stands it is right", () => {
  expect(problemsOf({})).toEqual([]);
});

test.each([
  ["one part of an adjustment that isn't all of it", { adjustmentPaise: 20, splits: [{ ...split, valuePaise: 19 }] }],
  ["an adjustment of nothing that has a part", { splits: [{ ...split, valuePaise: 1 }] }],
])("%s: the parts must add up", (_what, change) => {
  expect(problemsOf(change)).toEqual(["lines.0.adjustmentPaise"]);
});

test("a bill is paid by something, and by no more than the wire's largest amount", () => {
  expect(problemsOf({ netPaise: 0 })).toEqual(["lines.0.netPaise"]);
  const splits = [{ ...split, valuePaise: 1 }];
  expect(problemsOf({ netPaise: MAX_PAISE - 1, adjustmentPaise: 1, splits })).toEqual([]);
  expect(problemsOf({ netPaise: MAX_PAISE, adjustmentPaise: 1, splits })).toEqual(["lines.0.netPaise"]);
});

test("a bill is named once, and not too many of them", () => {
  expect(problemsOf({}, { lines: [line, line] })).toEqual(["lines.1.invoiceId"]);
  const bills = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ ...line, invoiceId: line.invoiceId.slice(0, -3) + String(n + 100) }));
  expect(problemsOf({}, { lines: bills(MAX_BILLS) })).toEqual([]);
  expect(problemsOf({}, { lines: bills(MAX_BILLS + 1) })).toEqual(["lines"]);
});

test.each([
  ["HDFC\u200bN520", ["utr"]],
  ['HDFC"N520', ["utr"]],
  ["HDFC\\N520", ["utr"]],
  ["X".repeat(51), ["utr"]],
  [` ${"X".repeat(50)} `, []],
])("the UTR %j: %j", (utr, problems) => {
  expect(problemsOf({}, { utr })).toEqual(problems);
});

test("money is paid in the years 2000 to 2100, by India's days", () => {
  const at = (paidAt: string) => problemsOf({}, { paidAt });
  expect([at("1999-12-31T18:30:00Z"), at("2100-12-31T18:29:59Z")]).toEqual([[], []]);
  expect([at("1999-12-31T18:29:59Z"), at("2100-12-31T18:30:00Z")]).toEqual([["paidAt"], ["paidAt"]]);
});

test("whoever the wire can name can be paid", () => {
  expect(problemsOf({}, { supplierB2BId: "😀".repeat(100) })).toEqual([]);
  expect(problemsOf({}, { supplierB2BId: 'a"b' })).toEqual(["supplierB2BId"]);
});

test("bills that come to more than the wire's largest amount can't be paid by one payment", () => {
  const other = { ...line, invoiceId: "0193f0c8-0000-7000-8000-000000000002" };
  const problemsWith = (netPaise: number) =>
    problemsOf(
      {},
      {
        lines: [
          { ...line, netPaise: MAX_PAISE - 100 },
          { ...other, netPaise },
        ],
      },
    );
  expect(problemsWith(100)).toEqual([]);
  expect(problemsWith(101)).toEqual(["lines"]);
});

test("more bills than their sum can hold are a problem, not an exception", () => {
  expect(problemsOf({}, { lines: Array(2_000).fill({ ...line, netPaise: MAX_PAISE }) })).toEqual(["lines"]);
});
