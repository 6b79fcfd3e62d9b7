import { expect, test } from "vitest";
import { mergeSteadily } from "@/components/confirm/steady-list";
import type { Payment } from "@/features/payments/api";

test("a refreshed list keeps everyone's place, marks who is gone and puts the new ones last", () => {
  const one = (objectId: string, utr = "") => ({ objectId, utr }) as Payment;
  const shown = mergeSteadily([], [one("a"), one("b"), one("c")]);
  const merged = mergeSteadily(shown, [one("d"), one("c", "changed"), one("a")]);
  expect(merged.map(({ payment: { objectId, utr }, gone }) => [objectId, utr, gone])).toEqual([
    ["a", "", false],
    ["b", "", true],
    ["c", "changed", false],
    ["d", "", false],
  ]);
});
