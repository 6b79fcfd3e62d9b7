import { expect, test } from "vitest";
import { isNarrowed } from "@/components/invoices/shown-due";

test("all, and all that is open, is nothing to try other words for, also where it was chosen", () => {
  for (const asked of [{}, { due: null, q: "" }, { due: "open" }, { due: "all" }])
    expect(isNarrowed(asked)).toBe(false);
});

test("a search, a status, a party and a part of what is due are", () => {
  for (const asked of [
    { q: "KM" },
    { status: "PAID" },
    { counterparty: "KAVERI@BCB", due: "open" },
    { due: "overdue" },
    { due: "settled" },
  ])
    expect(isNarrowed(asked)).toBe(true);
});
