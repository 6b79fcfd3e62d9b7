import { expect, test } from "vitest";
import { askAgainMs } from "@/features/payments/client";

const NOW = Date.parse("2026-11-20T14:05:00+05:30");
const MINUTE = 60_000;

function payment(
  status: "SENDING" | "AWAITING_CONFIRMATION" | "ACCEPTED" | "FAILED",
  ...minutesAgo: (number | null)[]
) {
  const at = (minutes: number | null) => (minutes === null ? null : new Date(NOW - minutes * MINUTE).toISOString());
  const entry = { key: "", title: "", detail: null, actor: null, tone: "done" as const };
  return { status, timeline: minutesAgo.map((minutes) => ({ ...entry, at: at(minutes) })) };
}

test("a payment is asked for again soon after it changed, now and then while it waits, and not once it has ended", () => {
  expect(askAgainMs(undefined, NOW)).toBe(2_000);
  expect(askAgainMs(payment("SENDING", 1, null), NOW)).toBe(2_000);
  expect(askAgainMs(payment("AWAITING_CONFIRMATION", 3_000, 14, null), NOW)).toBe(2_000);
  expect(askAgainMs(payment("AWAITING_CONFIRMATION", 3_000, 16, null), NOW)).toBe(15_000);
  for (const status of ["ACCEPTED", "FAILED"] as const) expect(askAgainMs(payment(status, 1), NOW)).toBe(false);
});
