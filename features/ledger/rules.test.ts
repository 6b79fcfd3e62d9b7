import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  adjustmentsOf,
  balanceSide,
  columnsOf,
  periodOf,
  QUICK_PERIODS,
  type QuickPeriod,
  quickPeriodOf,
} from "@/features/ledger/rules";
import { adjustmentWords, balanceText, owedWords } from "@/features/ledger/words";
import { carryOn, LARGEST_SUM, type Paise, paise } from "@/lib/money";
import { addDays } from "@/lib/time";

const day = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays("2000-04-01", days));

describe("periods", () => {
  test.each([
    ["this-year", "2026-11-20", "2026-04-01", "2027-03-31"],
    ["this-year", "2026-04-01", "2026-04-01", "2027-03-31"],
    ["this-year", "2026-03-31", "2025-04-01", "2026-03-31"],
    ["last-year", "2026-11-20", "2025-04-01", "2026-03-31"],
    ["last-year", "2026-03-31", "2024-04-01", "2025-03-31"],
    ["this-month", "2024-02-29", "2024-02-01", "2024-02-29"],
    ["this-month", "2026-12-31", "2026-12-01", "2026-12-31"],
    ["last-month", "2026-03-31", "2026-02-01", "2026-02-28"],
    ["last-month", "2027-01-01", "2026-12-01", "2026-12-31"],
  ] as const)("%s on %s", (name, today, from, to) => {
    expect(QUICK_PERIODS[name](today)).toEqual({ from, to });
    expect(quickPeriodOf({ from, to }, today)).toBe(name);
  });

  test("today is in this month and year, and those before them end the day before they begin", () => {
    fc.assert(
      fc.property(day, (today) => {
        for (const [now, before] of [
          ["this-year", "last-year"],
          ["this-month", "last-month"],
        ] as const satisfies [QuickPeriod, QuickPeriod][]) {
          const { from, to } = QUICK_PERIODS[now](today);
          expect(from <= today && today <= to).toBe(true);
          expect(addDays(QUICK_PERIODS[before](today).to, 1)).toBe(from);
        }
      }),
    );
  });

  test("other days are no quick choice", () => {
    expect(quickPeriodOf({ from: "2026-04-02", to: "2027-03-31" }, "2026-11-20")).toBeNull();
  });

  test.each([
    [{}, "2026-04-01", "2027-03-31"],
    [{ from: null, to: null }, "2026-04-01", "2027-03-31"],
    [{ from: "2024-06-01" }, "2024-06-01", "2027-03-31"],
    [{ from: "2027-06-01" }, "2027-06-01", "2028-03-31"],
    [{ to: "2025-01-31" }, "2024-04-01", "2025-01-31"],
    [{ from: "2026-11-02", to: "2026-11-01" }, "2026-11-02", "2026-11-01"],
  ])("what is left out of %j is the financial year's", (asked, from, to) => {
    expect(periodOf(asked, "2026-11-20")).toEqual({ from, to });
  });
});

test("bills are credit and payments debit, invoices debit and what is received credit", () => {
  const [bill, payment] = [paise(118_00), paise(-100_00)];
  expect(columnsOf("payable", bill)).toEqual({ debitPaise: 0, creditPaise: 118_00 });
  expect(columnsOf("payable", payment)).toEqual({ debitPaise: 100_00, creditPaise: 0 });
  expect(columnsOf("receivable", bill)).toEqual({ debitPaise: 118_00, creditPaise: 0 });
  expect(columnsOf("receivable", payment)).toEqual({ debitPaise: 0, creditPaise: 100_00 });
});

test.each([
  ["payable", 1_00, "₹1.00 Cr", "You owe them"],
  ["payable", -1_00, "₹1.00 Dr", "They owe you"],
  ["receivable", 1_23_456_00, "₹1,23,456.00 Dr", "They owe you"],
  ["receivable", -50, "₹0.50 Cr", "You owe them"],
  ["payable", 0, "₹0.00", "Nothing is owed"],
] as const)("a balance on %s of %d paise reads %s", (side, balance, text, owed) => {
  expect(balanceText(side, balance)).toBe(text);
  expect(owedWords(side, balance)).toBe(owed);
  expect(balanceSide(side, balance) ?? "").toBe(text.split(" ")[1] ?? "");
});

describe("adjustments", () => {
  const part = (name: string, value: number, refNo = "") => ({ name, refNo, valuePaise: paise(value) });

  test("what nobody named is told as the rest, and what is nothing isn't told", () => {
    expect(adjustmentsOf(paise(100), [part("TDS", 60, "194C"), part("DISCOUNT", 0)])).toEqual([
      part("TDS", 60, "194C"),
      part("", 40),
    ]);
    expect(adjustmentsOf(paise(0), [])).toEqual([]);
    expect(adjustmentsOf(paise(60), [part("TDS", 60)])).toEqual([part("TDS", 60)]);
  });

  test("all parts add up to the whole", () => {
    const parts = fc.array(fc.nat(1_000), { maxLength: 5 });
    fc.assert(
      fc.property(parts, fc.nat(1_000), (told, rest) => {
        const whole = told.reduce((sum, value) => sum + value, rest);
        const found = adjustmentsOf(
          paise(whole),
          told.map((value, index) => part(`P${index}`, value)),
        );
        expect(found.reduce((sum, { valuePaise }) => sum + valuePaise, 0)).toBe(whole);
      }),
    );
  });

  test("are called by name and reference", () => {
    expect(adjustmentWords({ name: "TDS", refNo: "194C" })).toBe("TDS, 194C");
    expect(adjustmentWords({ name: "DISCOUNT", refNo: "" })).toBe("DISCOUNT");
    expect(adjustmentWords({ name: "", refNo: "" })).toBe("Adjustment");
  });
});

test("a balance that only nonsense comes to is told as the largest", () => {
  expect(carryOn(paise(5), paise(-7))).toBe(-2);
  expect(carryOn(LARGEST_SUM, LARGEST_SUM)).toBe(LARGEST_SUM);
  expect(carryOn(-LARGEST_SUM as Paise, paise(-1))).toBe(-LARGEST_SUM);
});
