import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyPayValues, lineAmounts, newSplit, type PayBill, type PaySplitValues } from "@/features/payments/form";
import { GST_RATES, TDS_SECTIONS, taxOn, tdsWarning } from "@/features/payments/tds";
import { tdsOfAll } from "@/features/payments/tds-of-all";
import { beforeTax, paise } from "@/lib/money";

const [GOODS] = TDS_SECTIONS;
const FEES = TDS_SECTIONS.find(({ earlier }) => earlier === "194J");
if (!GOODS || !FEES) throw new Error("sections");

const bill = (id: string, total: number, more: Partial<PayBill> = {}): PayBill => ({
  id,
  supplierInvoiceNumber: `INV-${id}`,
  duePaise: total,
  totalPaise: total,
  issueDate: "2026-11-02",
  dueDate: "2026-12-02",
  description: "",
  taken: [],
  ...more,
});

/** The form's lines as it opens, each with these adjustments. */
const linesOf = (bills: readonly PayBill[], ...splits: PaySplitValues[]) =>
  emptyPayValues(bills, new Date()).lines.map((line) => ({ ...line, splits }));

const tds = (valuePaise: string): PaySplitValues => ({ ...newSplit("TDS"), valuePaise, refNo: "194J" });
const discount: PaySplitValues = { name: "DISCOUNT", valuePaise: "500", refNo: "Diwali" };

test("each bill's tax is on its value without GST, under the section of its day", () => {
  const bills = [bill("1", 1_18_000_00), bill("2", 59_000_00, { issueDate: "2026-03-31" })];
  const worked = tdsOfAll(linesOf(bills), bills, FEES, 1800);
  expect(worked.map(({ taxable, tax, leftOut, splits }) => ({ taxable, tax, leftOut, splits }))).toEqual([
    {
      taxable: 1_00_000_00,
      tax: 10_000_00,
      leftOut: null,
      splits: [{ name: "TDS", valuePaise: "10,000.00", refNo: "393(1) Sl. 6(iii), earlier 194J" }],
    },
    {
      taxable: 50_000_00,
      tax: 5_000_00,
      leftOut: null,
      splits: [{ name: "TDS", valuePaise: "5,000.00", refNo: "194J" }],
    },
  ]);
});

test("other adjustments stay, and one TDS that is there gives way in its place", () => {
  const bills = [bill("1", 1_18_000_00)];
  const [worked] = tdsOfAll(linesOf(bills, tds("11,800"), discount), bills, FEES, 1800);
  expect(worked).toMatchObject({ leftOut: null, insteadOf: 11_800_00 });
  expect(worked?.splits.map(({ valuePaise }) => valuePaise)).toEqual(["10,000.00", "500"]);
  const [again] = tdsOfAll(linesOf(bills, ...(worked?.splits ?? [])), bills, FEES, 1800);
  expect(again).toMatchObject({ leftOut: null, insteadOf: null, splits: worked?.splits });
});

describe("left out, with the reason", () => {
  test.each([
    ["settled in part", bill("1", 1_18_000_00, { duePaise: 18_000_00 }), [], "was TDS deducted then?"],
    ["with two of TDS", bill("1", 1_18_000_00), [tds("1"), tds("2")], "more than one TDS"],
    ["whose tax is nothing", bill("1", 4_00), [], "comes to nothing"],
  ])("a bill %s", (_, one, splits, words) => {
    const [worked] = tdsOfAll(linesOf([one], ...splits), [one], FEES, 0);
    expect(worked?.leftOut).toContain(words);
  });
});

test("whatever the bills, rates and sections: the line settles what it did, the tax is the rate's and no reason to warn", () => {
  const bills = fc.array(fc.integer({ min: 1, max: 9_999_99_99_999_99 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(bills, fc.constantFrom(...TDS_SECTIONS), fc.constantFrom(...GST_RATES), (totals, section, gst) => {
      const all = totals.map((total, index) => bill(String(index), total));
      const lines = linesOf(all);
      for (const [index, worked] of tdsOfAll(lines, all, section, gst).entries()) {
        if (worked.leftOut !== null) continue;
        const line = lines[index];
        if (!line) throw new Error("each bill has a line");
        const { net, adjustment, total } = lineAmounts({ ...line, splits: worked.splits }, worked.bill);
        expect({ adjustment, total }).toEqual({ adjustment: worked.tax, total: worked.bill.totalPaise });
        expect(net).toBeGreaterThan(0);
        expect(worked.tax).toBe(taxOn(beforeTax(paise(worked.bill.totalPaise), gst), section.rate));
        expect(tdsWarning(worked.tax, worked.splits[0]?.refNo ?? "", paise(worked.bill.totalPaise))).toBeNull();
      }
    }),
  );
});
