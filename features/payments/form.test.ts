import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  emptyPayValues,
  lineAmounts,
  type PayBill,
  type PayLineValues,
  type PayValues,
  payAmounts,
  payFormSchema,
  payValuesFrom,
} from "@/features/payments/form";
import { lineTotal, paymentRequestSchema, paymentTotals } from "@/features/payments/schema";
import { formatRupees, paise, toInputText } from "@/lib/money";

// 20 Nov 2026, 2:05 pm in India.
const NOW = new Date("2026-11-20T14:05:00+05:30");
const OBJECT_ID = `PMT${"0".repeat(32)}`;

const bill = (index: number, duePaise: number): PayBill => ({
  id: `0193f0c8-0000-7000-8000-${String(index).padStart(12, "0")}`,
  supplierInvoiceNumber: `KM/${index}`,
  description: "",
  issueDate: "2026-11-01",
  dueDate: "2026-12-01",
  duePaise,
  totalPaise: duePaise,
  taken: [],
});

const schemaFor = (bills: readonly PayBill[]) =>
  payFormSchema({ objectId: OBJECT_ID, supplierB2BId: "29AAGCK8215M1Z0@BCB", bills, now: () => NOW });

/** A form that is filled in right but for what a test changes. */
const filled = (bills: readonly PayBill[], change: Partial<PayValues> = {}): PayValues => ({
  ...emptyPayValues(bills, NOW),
  mode: "NEFT",
  utr: "HDFCN52026112012",
  ...change,
});

const withLine = (bills: readonly PayBill[], change: Partial<PayLineValues>): PayValues => {
  const values = filled(bills);
  return { ...values, lines: values.lines.map((line, index) => (index === 0 ? { ...line, ...change } : line)) };
};

const problemsOf = (bills: readonly PayBill[], values: PayValues) =>
  schemaFor(bills)
    .safeParse(values)
    .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

const tds = (valuePaise: string, refNo = "194Q") => ({ name: "TDS", valuePaise, refNo });

describe("what the form asks the server for", () => {
  const bills = [bill(1, 1_00_000_00), bill(2, 50_000_50)];

  test("everything in full, as it opens", () => {
    expect(schemaFor(bills).parse(filled(bills))).toEqual({
      objectId: OBJECT_ID,
      supplierB2BId: "29AAGCK8215M1Z0@BCB",
      type: "OFFPLATFORM",
      mode: "NEFT",
      utr: "HDFCN52026112012",
      paidAt: "2026-11-20T14:05:00+05:30",
      lines: [
        { invoiceId: bills[0]?.id, netPaise: 1_00_000_00, adjustmentPaise: 0, splits: [] },
        { invoiceId: bills[1]?.id, netPaise: 50_000_50, adjustmentPaise: 0, splits: [] },
      ],
    });
  });

  test("in full with TDS: the tax comes off what is paid", () => {
    const { lines } = schemaFor(bills).parse(withLine(bills, { splits: [tds("2,000")] }));
    expect(lines[0]).toMatchObject({
      netPaise: 98_000_00,
      adjustmentPaise: 2_000_00,
      splits: [{ name: "TDS", valuePaise: 2_000_00, refNo: "194Q" }],
    });
  });

  test("in part: what was typed, and the tax beside it", () => {
    const values = withLine(bills, { extent: "part", netPaise: " ₹ 4,000.50", splits: [tds("20")] });
    expect(schemaFor(bills).parse(values).lines[0]).toMatchObject({ netPaise: 4_000_50, adjustmentPaise: 20_00 });
  });

  test("an adjustment of nothing is not sent", () => {
    const { lines } = schemaFor(bills).parse(withLine(bills, { splits: [tds("0"), tds("0.00"), tds("2,000")] }));
    expect(lines[0]?.splits).toEqual([{ name: "TDS", valuePaise: 2_000_00, refNo: "194Q" }]);
    expect(schemaFor(bills).parse(withLine(bills, { splits: [tds("0")] })).lines[0]).toMatchObject({
      netPaise: 1_00_000_00,
      adjustmentPaise: 0,
      splits: [],
    });
  });

  test("a bill settled by a credit note alone pays nothing", () => {
    const values = withLine(bills, { splits: [{ name: "CREDIT NOTE", valuePaise: "1,00,000", refNo: "CN/7" }] });
    expect(schemaFor(bills).parse(values).lines[0]).toMatchObject({ netPaise: 0, adjustmentPaise: 1_00_000_00 });
  });
});

describe("what stands beside the fields", () => {
  const bills = [bill(1, 1_000_00)];

  test.each<[string, Partial<PayLineValues>, string]>([
    ["nothing entered", { extent: "part", netPaise: " " }, "lines.0.netPaise: Enter an amount."],
    [
      "no amount",
      { extent: "part", netPaise: "12.345" },
      "lines.0.netPaise: Write an amount like 1,23,456.50, with two decimals at most.",
    ],
    ["zero", { extent: "part", netPaise: "0" }, "lines.0.netPaise: Enter what is paid for this bill."],
    [
      "too much",
      { extent: "part", netPaise: "1000.01" },
      "lines.0.netPaise: ₹1,000.01 is more than the ₹1,000.00 still due.",
    ],
    [
      "too much with the tax",
      { extent: "part", netPaise: "1000", splits: [tds("0.01")] },
      "lines.0.netPaise: ₹1,000.01 is more than the ₹1,000.00 still due.",
    ],
    [
      "a larger adjustment than is due",
      { splits: [tds("1000.01")] },
      "lines.0.adjustmentPaise: The adjustments are more than the ₹1,000.00 due.",
    ],
    ["an adjustment without amount", { splits: [tds("")] }, "lines.0.splits.0.valuePaise: Enter an amount."],
    [
      "a quote in a reference",
      { splits: [tds("1", 'CN"7')] },
      'lines.0.splits.0.refNo: Leave out double quotes (") and backslashes (\\).',
    ],
  ])("%s", (_, line, problem) => {
    expect(problemsOf(bills, withLine(bills, line))).toContain(problem);
  });

  test.each<[Partial<PayValues>, string]>([
    [{ money: "" }, "money: Say whether it is the same money."],
    [{ mode: "" }, "mode: Choose how it was paid."],
    [{ mode: "BARTER" }, "mode: Choose how it was paid."],
    [{ utr: "  " }, "utr: Enter the UTR or reference of the payment."],
    [{ utr: "x".repeat(51) }, "utr: A UTR has 50 characters at most."],
    [{ paidDay: "" }, "paidDay: Enter the day it was paid."],
    [{ paidTime: "" }, "paidTime: Enter the time, like 14:05."],
    [{ paidDay: "2026-11-21", paidTime: "00:00" }, "paidDay: This day is still to come."],
    [{ paidTime: "14:30" }, "paidTime: This time is still to come in India."],
  ])("%o", (change, problem) => {
    expect(problemsOf(bills, filled(bills, change))).toContain(problem);
  });

  test("all that is wrong is said at once", () => {
    const wrong = {
      ...withLine(bills, { extent: "part", netPaise: "2000.01" }),
      mode: "",
      utr: "",
      paidDay: "",
    } as const;
    expect(problemsOf(bills, wrong)).toEqual([
      "mode: Choose how it was paid.",
      "utr: Enter the UTR or reference of the payment.",
      "paidDay: Enter the day it was paid.",
      "lines.0.netPaise: ₹2,000.01 is more than the ₹1,000.00 still due.",
    ]);
  });

  test("a minute that has just begun is not the future: clocks differ", () => {
    expect(problemsOf(bills, filled(bills, { paidTime: "14:07" }))).toEqual([]);
  });
});

const rupees = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3_00_000_00 }).map((amount) => toInputText(paise(amount))) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 3_00_000_00 }).map((amount) => formatRupees(paise(amount))) },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "abc", "1.234", "-5", ".5", "1,2,3", "9999999999999") },
);

/** Bills, and a form about them that somebody filled in well or badly. */
const forms = fc.array(fc.integer({ min: 1, max: 2_00_000_00 }), { minLength: 1, maxLength: 6 }).chain((dues) => {
  const bills = dues.map((due, index) => bill(index, due));
  const line = fc.record({
    extent: fc.constantFrom("full" as const, "part" as const),
    netPaise: rupees,
    splits: fc.array(
      fc.record({ name: fc.constantFrom("TDS", "DISCOUNT"), valuePaise: rupees, refNo: fc.constant("194Q") }),
      { maxLength: 3 },
    ),
  });
  return fc.array(line, { minLength: bills.length, maxLength: bills.length }).map((lines) => ({
    bills,
    lines: bills.map(({ id }, i) => ({ invoiceId: id, ...(lines[i] as (typeof lines)[0]) })),
  }));
});

describe("of any form, filled in well or badly", () => {
  test("what it shows is what the server works out, and what is sent is within what is due", () => {
    fc.assert(
      fc.property(forms, ({ bills, lines }) => {
        const parsed = schemaFor(bills).safeParse(filled(bills, { lines }));
        const shown = payAmounts(lines, bills);
        expect(shown.total).toBe(shown.net + shown.adjustment);
        if (!parsed.success) return;
        const { net, adjustment, total } = paymentTotals(parsed.data.lines);
        expect({ net, adjustment, total }).toEqual(shown);
        parsed.data.lines.forEach((line, index) => {
          const due = bills[index]?.duePaise ?? 0;
          expect(lineTotal(line)).toBeGreaterThan(0);
          expect(lineTotal(line)).toBeLessThanOrEqual(due);
          if (lines[index]?.extent === "full") expect(lineTotal(line)).toBe(due);
        });
        // The server reads the request by the same schema: it has nothing to object to.
        expect(paymentRequestSchema.parse(JSON.parse(JSON.stringify(parsed.data)))).toEqual(parsed.data);
      }),
      { numRuns: 500 },
    );
  });

  test("each problem is about a field that the form has", () => {
    const known =
      /^(lines\.\d+\.(netPaise|adjustmentPaise|invoiceId|splits\.\d+\.(name|valuePaise|refNo))|money|mode|utr|paidDay|paidTime|type)$/;
    fc.assert(
      fc.property(forms, ({ bills, lines }) => {
        const values = filled(bills, { lines });
        for (const problem of problemsOf(bills, values)) expect(problem.split(": ")[0]).toMatch(known);
      }),
    );
  });

  test("adjustments above what is due leave nothing to be paid, and never less", () => {
    const one = bill(1, 1_000_00);
    const amounts = lineAmounts({ invoiceId: one.id, extent: "full", netPaise: "", splits: [tds("1,200")] }, one);
    expect(amounts).toEqual({ net: 0, adjustment: 1_200_00, total: 1_200_00 });
  });

  test("what can't be read yet counts as nothing, and never breaks the sums", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (net, value) => {
        const [one] = [bill(1, 1_000_00)];
        const amounts = lineAmounts({ invoiceId: one.id, extent: "part", netPaise: net, splits: [tds(value)] }, one);
        expect(amounts.total).toBe(amounts.net + amounts.adjustment);
        expect(amounts.net).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("paying again", () => {
  const paid = (net: number, adjustment: number) =>
    ({
      lines: [
        {
          invoiceId: bill(1, 0).id,
          netPaise: net,
          adjustmentPaise: adjustment,
          splits: adjustment > 0 ? [{ name: "TDS", valuePaise: adjustment, refNo: "194C" }] : [],
        },
      ],
    }) as Parameters<typeof payValuesFrom>[0];

  test("fills in amounts and adjustments; whether it is the same money has to be said", () => {
    const bills = [bill(1, 1_00_000_00)];
    const values = payValuesFrom(paid(98_000_00, 2_000_00), bills, NOW);
    expect(values).toMatchObject({ money: "", mode: "", utr: "", paidDay: "2026-11-20", paidTime: "14:05" });
    expect(values.lines[0]).toMatchObject({ extent: "full", splits: [{ name: "TDS", valuePaise: "2,000.00" }] });
    expect(problemsOf(bills, { ...values, mode: "NEFT", utr: "HDFCN52026112012" })).toEqual([
      "money: Say whether it is the same money.",
    ]);
  });

  test("an adjustment that was sent without its parts stays one: the money is what it was", () => {
    const bills = [bill(1, 1_00_000_00)];
    const { lines } = paid(98_000_00, 2_000_00);
    const values = payValuesFrom({ lines: lines.map((line) => ({ ...line, splits: [] })) }, bills, NOW);
    const splits = [{ name: "OTHER", valuePaise: "2,000.00", refNo: "" }];
    expect(values.lines[0]).toMatchObject({ extent: "full", splits });
    expect(payAmounts(values.lines, bills)).toEqual({ net: 98_000_00, adjustment: 2_000_00, total: 1_00_000_00 });
  });

  test("a part payment stays one", () => {
    const values = payValuesFrom(paid(4_000_50, 0), [bill(1, 1_00_000_00)], NOW);
    expect(values.lines[0]).toMatchObject({ extent: "part", netPaise: "4,000.50" });
  });
});
