import { describe, expect, test } from "vitest";
import { detailsAfter, detailsOf, isFilledInBefore } from "@/features/payments/details";
import { newDetails, type PayDetailValues } from "@/features/payments/form";

// 20 Nov 2026, 2:05 pm in India.
const NOW = new Date("2026-11-20T14:05:00+05:30");

test("the same money has the mode, reference, day and time that it had, in India", () => {
  const before = { type: "OFFPLATFORM", mode: "IMPS", utr: "632511223344", paidAt: "2026-11-18T20:15:00Z" } as const;
  expect(detailsOf(before)).toEqual({
    type: "OFFPLATFORM",
    mode: "IMPS",
    utr: "632511223344",
    paidDay: "2026-11-19",
    paidTime: "01:45",
  });
});

test("a form that stood open over midnight in India asks whether it was paid on the day that it began with, until that is touched", () => {
  // 11:55 pm in India, and still the same day in London.
  const evening = new Date("2026-11-20T18:25:00Z");
  const details = newDetails(evening);
  expect(isFilledInBefore(details, evening, "2026-11-20")).toBe(false);
  expect(isFilledInBefore(details, evening, "2026-11-21")).toBe(true);
  expect(isFilledInBefore({ ...details, paidTime: "18:00" }, evening, "2026-11-21")).toBe(false);
  expect(isFilledInBefore({ ...details, paidDay: "2026-11-21" }, evening, "2026-11-21")).toBe(false);
});

describe('when "is it the same money?" is answered', () => {
  const payment = { type: "OFFPLATFORM", mode: "IMPS", utr: "632511223344", paidAt: "2026-11-18T20:15:00Z" } as const;
  const told: PayDetailValues = {
    type: "OFFPLATFORM",
    mode: "IMPS",
    utr: "632511223344",
    paidDay: "2026-11-19",
    paidTime: "01:45",
  };
  const fresh: PayDetailValues = {
    type: "OFFPLATFORM",
    mode: "",
    utr: "",
    paidDay: "2026-11-20",
    paidTime: "14:05",
  };
  const at = { payment, openedAt: NOW, typed: {} };

  test("what nobody has typed is filled in, and changes with the answer", () => {
    const same = detailsAfter(fresh, { ...at, before: "", after: "same" });
    expect(same).toEqual(told);
    expect(detailsAfter(same, { ...at, before: "same", after: "new" })).toEqual(fresh);
  });

  test("what was typed stays", () => {
    const typed = { ...fresh, mode: "NEFT", utr: "HDFCN52026112012" };
    const same = detailsAfter(typed, { ...at, before: "", after: "same" });
    expect(same).toEqual({ ...told, mode: "NEFT", utr: "HDFCN52026112012" });
    const corrected = { ...same, paidDay: "2026-11-17" };
    expect(detailsAfter(corrected, { ...at, before: "same", after: "new" })).toEqual({
      ...typed,
      paidDay: "2026-11-17",
    });
  });

  test("what was typed stays where it is what the other answer fills in, too", () => {
    const typed = { ...told, paidDay: fresh.paidDay, paidTime: fresh.paidTime };
    const same = detailsAfter(typed, { ...at, before: "new", after: "same" });
    expect(same).toEqual(told);
    const isTyped = { mode: true, utr: true };
    expect(detailsAfter(same, { ...at, typed: isTyped, before: "same", after: "new" })).toEqual(typed);
  });
});
