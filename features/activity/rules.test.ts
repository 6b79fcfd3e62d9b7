import { expect, test } from "vitest";
import type { Activity } from "@/features/activity/api";
import { byDay, latestOfEach, pageOf } from "@/features/activity/rules";

const event = (id: string, about: string, at = "2026-11-20T10:00:00Z"): Activity => ({
  id,
  at,
  actor: { kind: "USER", name: "Ravi" },
  action: "payment.created",
  words: "Paid",
  detail: null,
  subject: { kind: "payment", id: about, side: "outgoing" },
});

test("only the last event of each thing is told, and no more than asked for", () => {
  const events = [event("5", "a"), event("4", "b"), event("3", "a"), event("2", "c"), event("1", "b")];
  expect(latestOfEach(events, 9).map(({ id }) => id)).toEqual(["5", "4", "2"]);
  expect(latestOfEach(events, 2).map(({ id }) => id)).toEqual(["5", "4"]);
});

test("events stand under India's day: one of half past six in the evening UTC is the next day's", () => {
  const events = [event("2", "a", "2026-11-20T18:30:00Z"), event("1", "a", "2026-11-20T18:29:59Z")];
  expect(byDay(events).map(({ day, events }) => [day, events.length])).toEqual([
    ["2026-11-21", 1],
    ["2026-11-20", 1],
  ]);
});

test.each([
  ["payment", "outgoing", "payments/x"],
  ["payment", "incoming", "received/x"],
  ["invoice", "payable", "bills/x"],
  ["invoice", "receivable", "invoices/x"],
  ["api-key", null, "settings/api-keys"],
  ["member", null, "settings/people"],
  ["message", null, null],
] as const)("%s, %s: %s", (kind, side, page) => {
  expect(pageOf({ kind, id: "x", side })).toBe(page);
});
