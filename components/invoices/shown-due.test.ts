import { expect, test } from "vitest";
import { isNarrowed, shownDue } from "@/components/invoices/shown-due";

test("all, and all that is open, is nothing to try other words for, also where it was chosen", () => {
  for (const asked of [{}, { due: null, q: "" }, { due: "open" }, { due: "all" }])
    expect(isNarrowed(asked)).toBe(false);
});

test("whoever asks for a span of days means what is paid too", () => {
  expect(shownDue({ issuedFrom: "2026-11-01" })).toBe("all");
  expect(shownDue({ issuedTo: "2026-11-30" })).toBe("all");
  expect(shownDue({ issuedTo: "2026-11-30", due: "open" })).toBe("open");
});

test("a search, a status, a party and a part of what is due are", () => {
  for (const asked of [
    { q: "KM" },
    { status: "PAID" },
    { counterparty: "KAVERI@BCB", due: "open" },
    { due: "overdue" },
    { issuedFrom: "2026-11-01", due: "all" },
    { issuedTo: "2026-11-30", due: "open" },
    { due: "settled" },
  ])
    expect(isNarrowed(asked)).toBe(true);
});
