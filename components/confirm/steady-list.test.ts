import { expect, test } from "vitest";
import { mergeSteadily } from "@/components/confirm/steady-list";
import type { Payment } from "@/features/payments/api";

test("a refreshed list keeps everyone's place, marks who is gone and puts the new ones last", () => {
  const one = (objectId: string, utr = "") => ({ objectId, utr }) as Payment;
  const shown = mergeSteadily([], [one("a"), one("b"), one("c")], false);
  const merged = mergeSteadily(shown, [one("d"), one("c", "changed"), one("a")], false);
  expect(merged.map(({ payment: { objectId, utr }, gone }) => [objectId, utr, gone])).toEqual([
    ["a", "", false],
    ["b", "", true],
    ["c", "changed", false],
    ["d", "", false],
  ]);
});

test("whose answer comes back waits again, in the place that it had", () => {
  const one = (objectId: string) => ({ objectId }) as Payment;
  const answered = mergeSteadily(mergeSteadily([], [one("a"), one("b")], false), [one("b")], false);
  expect(answered[0]?.gone).toBe(true);
  const back = mergeSteadily(answered, [one("b"), one("a")], false);
  expect(back).toEqual([
    { payment: one("a"), gone: false },
    { payment: one("b"), gone: false },
  ]);
});

test("of two that came at the same moment the ids say which is behind the other", () => {
  const one = (objectId: string) => ({ objectId, createdAt: "2026-11-20T10:00:00.000Z" }) as Payment;
  const shown = mergeSteadily([], [one("a"), one("b"), one("c")], true);
  expect(mergeSteadily(shown, [one("b")], true).map(({ gone }) => gone)).toEqual([true, false, false]);
});

test("who was pushed behind the last one that was read waits still", () => {
  const one = (objectId: string) => ({ objectId, createdAt: `2026-11-${objectId}T10:00:00.000Z` }) as Payment;
  const shown = mergeSteadily([], [one("11"), one("12"), one("14")], true);
  const gone = (isPart: boolean) =>
    mergeSteadily(shown, [one("10"), one("12"), one("13")], isPart).flatMap((item) =>
      item.gone ? [item.payment.objectId] : [],
    );
  expect(gone(true)).toEqual(["11"]);
  expect(gone(false)).toEqual(["11", "14"]);
});

test("on a page that stands open all day those who are gone don't bury those who wait", () => {
  const one = (number: number) => ({ objectId: String(number) }) as Payment;
  let shown = mergeSteadily([], [one(0), one(1)], false);
  for (let poll = 1; poll <= 60; poll++) shown = mergeSteadily(shown, [one(poll), one(poll + 1)], false);
  const gone = shown.filter((item) => item.gone).map(({ payment }) => Number(payment.objectId));
  expect(gone).toEqual(Array.from({ length: 25 }, (_, index) => 35 + index));
  expect(shown.slice(-2).map(({ payment, gone }) => [payment.objectId, gone])).toEqual([
    ["60", false],
    ["61", false],
  ]);
});
