import { describe, expect, test } from "vitest";
import type { PayBill } from "@/features/payments/form";
import { type PaymentRequest, paymentRequestSchema } from "@/features/payments/schema";
import { cashWarning, dayWarning, payWarnings } from "@/features/payments/warnings";
import { paise } from "@/lib/money";

const TODAY = "2026-11-20";

const BILL: PayBill = {
  id: "0193f0c8-0000-7000-8000-000000000001",
  supplierInvoiceNumber: "KM/1",
  description: "",
  issueDate: "2026-11-01",
  dueDate: "2026-12-01",
  duePaise: 1_00_000_00,
  totalPaise: 1_00_000_00,
  taken: [],
};

const request = (change: object = {}, line: object = {}): PaymentRequest =>
  paymentRequestSchema.parse({
    objectId: `PMT${"0".repeat(32)}`,
    supplierB2BId: "29AAGCK8215M1Z0@BCB",
    type: "OFFPLATFORM",
    mode: "NEFT",
    utr: "HDFCN52026112012",
    paidAt: "2026-11-20T14:05:00+05:30",
    lines: [{ invoiceId: BILL.id, netPaise: 1_00_000_00, adjustmentPaise: 0, splits: [], ...line }],
    ...change,
  });

const titlesOf = (one: PaymentRequest) =>
  payWarnings(one, [BILL], "Kaveri Metals", { today: TODAY }).map(({ title, tick }) =>
    tick ? `${title} [${tick}]` : title,
  );

describe("the review", () => {
  test("is silent about a usual payment", () => {
    expect(titlesOf(request())).toEqual([]);
  });

  test("repeats each warning of the form", () => {
    const tds = { netPaise: 40_000_00, adjustmentPaise: 60_000_00 };
    const splits = [{ name: "TDS", valuePaise: 60_000_00, refNo: "" }];
    const odd = request({ type: "ONPLATFORM", utr: "X1", paidAt: "2026-10-30T14:05:00+05:30" }, { ...tds, splits });
    expect(titlesOf(odd)).toEqual([
      "Only when Bharat Connect itself moved the money [Bharat Connect moved this money]",
      "An NEFT UTR has 16 letters and digits. Please check this one.",
      "30 Oct 2026 is before the date of KM/1, 1 Nov 2026.",
      "KM/1: This TDS is more than 30\u00a0% of the whole bill. Please check it.",
    ]);
  });

  test("says nothing about bills that this payment leaves out", () => {
    const left = { ...BILL, id: "0193f0c8-0000-7000-8000-000000000002", issueDate: "2026-11-21" };
    expect(payWarnings(request(), [BILL, left], "Kaveri Metals", { today: TODAY })).toEqual([]);
  });

  test("asks no UTR's shape of what moves no money", () => {
    const note = { netPaise: 0, adjustmentPaise: 1_00_000_00 };
    const splits = [{ name: "CREDIT NOTE", valuePaise: 1_00_000_00, refNo: "CN/7" }];
    expect(titlesOf(request({ utr: "CN/7" }, { ...note, splits }))).toEqual([]);
  });
});

test.each([
  ["2026-11-20", null],
  ["2026-11-01", null],
  ["2026-10-31", "31 Oct 2026 is before the date of KM/1, 1 Nov 2026."],
])("the day %s: %s", (day, words) => {
  expect(dayWarning(day, [BILL], TODAY)).toBe(words);
});

test("a day of more than 90 days ago is asked about", () => {
  const old = { ...BILL, issueDate: "2026-01-01" };
  expect(dayWarning("2026-08-22", [old], TODAY)).toBeNull();
  expect(dayWarning("2026-08-21", [old], TODAY)).toBe("21 Aug 2026 is 91 days ago. Please check the day.");
});

test.each<[string, number, string, string | undefined]>([
  ["NEFT", 3_00_000_00, TODAY, undefined],
  ["CASH", 10_000_00, TODAY, undefined],
  ["CASH", 10_000_01, TODAY, "Section 36 of the Income-tax Act, 2025 (earlier 40A(3))"],
  ["CASH", 10_000_01, "2026-03-31", "Section 40A(3)"],
  ["CASH", 10_000_01, "2026-04-01", "Section 36 of the Income-tax Act, 2025"],
  ["CASH", 2_00_000_00, TODAY, "Section 186 of the Income-tax Act, 2025 (earlier 269ST)"],
  ["CASH", 2_00_000_00, "2026-03-31", "Section 269ST"],
])("by %s, %d paise on %s: %s", (mode, net, day, section) => {
  const words = cashWarning(mode, paise(net), day)?.words;
  if (section === undefined) expect(words).toBeUndefined();
  else expect(words?.startsWith(section)).toBe(true);
});

test("cash counts with what the same supplier got in cash on that day before", () => {
  expect(cashWarning("CASH", paise(5_000_00), TODAY, paise(5_000_00))).toBeNull();
  expect(cashWarning("CASH", paise(5_000_00), TODAY, paise(5_000_01))).toMatchObject({
    tone: "warning",
    words: expect.stringMatching(
      /^With the ₹5,000.01 that you have already paid them in cash on that day\. Section 36/,
    ),
  });
  expect(cashWarning("CASH", paise(1_50_000_00), TODAY, paise(50_000_00))).toMatchObject({ tone: "danger" });
  expect(cashWarning("NEFT", paise(5_000_00), TODAY, paise(2_00_000_00))).toBeNull();
  const cash = request({ mode: "CASH" }, { netPaise: 6_000_00 });
  const titles = payWarnings(cash, [BILL], "Kaveri Metals", { today: TODAY, cashBefore: paise(6_000_00) });
  expect(titles.map(({ title }) => title)).toEqual(["More than ₹10,000 in cash in a day is not allowed as an expense"]);
});
