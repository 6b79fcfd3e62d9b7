import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CLAIMING,
  holding,
  isStillToCome,
  needsApproval,
  sourcesOf,
  TRANSITIONS,
  wasTold,
} from "@/features/payments/rules";
import { PaymentStatus } from "@/lib/generated/prisma/enums";
import { MAX_PAISE, paise } from "@/lib/money";

const ALL = Object.values(PaymentStatus);
const amount = fc.integer({ min: 1, max: MAX_PAISE }).map(paise);

test("a payment's time may be five minutes ahead of our clock, and no more", () => {
  const now = new Date("2026-11-20T10:00:00Z");
  const at = (ms: number) => isStillToCome(new Date(now.getTime() + ms), now);
  expect([at(-1), at(0), at(5 * 60_000), at(5 * 60_000 + 1)]).toEqual([false, false, false, true]);
});

describe("the life of a payment", () => {
  // Said twice on purpose: whoever changes the table must say here what they meant.
  const MAY: Record<PaymentStatus, readonly PaymentStatus[]> = {
    AWAITING_APPROVAL: ["SENDING", "FAILED"],
    SENDING: ["AWAITING_CONFIRMATION", "ACCEPTED", "REJECTED", "FAILED"],
    AWAITING_CONFIRMATION: ["CONFIRMING", "ACCEPTED", "REJECTED"],
    CONFIRMING: ["AWAITING_CONFIRMATION", "ACCEPTED", "REJECTED"],
    ACCEPTED: [],
    REJECTED: [],
    FAILED: ["AWAITING_CONFIRMATION", "ACCEPTED", "REJECTED"],
  };

  test.each(ALL.flatMap((from) => ALL.map((to) => [from, to] as const)))("%s → %s", (from, to) => {
    const may = MAY[from].includes(to);
    expect((TRANSITIONS[from] as readonly PaymentStatus[]).includes(to)).toBe(may);
    expect(sourcesOf(to).includes(from)).toBe(may);
  });

  test("an answer that stands is the end: nothing leads out of ACCEPTED or REJECTED", () => {
    for (const to of ALL) for (const end of ["ACCEPTED", "REJECTED"] as const) expect(sourcesOf(to)).not.toContain(end);
  });

  test("a FAILURE can only end a payment that nobody has spoken about yet", () => {
    expect(sourcesOf("FAILED")).toEqual(["AWAITING_APPROVAL", "SENDING"]);
  });

  test("every status can be reached from one of the three beginnings, and every one but an answer can be left", () => {
    const reached = new Set<PaymentStatus>(["AWAITING_APPROVAL", "SENDING", "AWAITING_CONFIRMATION"]);
    for (const from of reached) for (const to of TRANSITIONS[from]) reached.add(to);
    expect([...reached].sort()).toEqual([...ALL].sort());
    expect(ALL.filter((status) => TRANSITIONS[status].length === 0)).toEqual(["ACCEPTED", "REJECTED"]);
  });
});

describe("a payment that a second person approves", () => {
  test("settles the amount that the business names, or more; where it names none, none does", () => {
    fc.assert(
      fc.property(amount, amount, (from, total) => {
        expect(needsApproval(BigInt(from), total)).toBe(total >= from);
        expect([needsApproval(0n, total), needsApproval(null, total)]).toEqual([true, false]);
      }),
    );
  });

  test("is unknown outside until then, and for good once it was declined or withdrawn", () => {
    const told = (status: PaymentStatus, failureCode: string | null = null) => wasTold({ status, failureCode });
    expect(ALL.filter((status) => !told(status))).toEqual(["AWAITING_APPROVAL"]);
    expect(["DECLINED", "WITHDRAWN", "GIVEN_UP", "B2B0017"].map((code) => told("FAILED", code))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe("what a payment holds of its invoices", () => {
  test("all of it as pending while it is open, as paid once accepted, and nothing when it came to nothing", () => {
    fc.assert(
      fc.property(amount, (total) => {
        for (const status of CLAIMING) expect(holding(status, total)).toEqual({ paid: 0, pending: total });
        expect(holding("ACCEPTED", total)).toEqual({ paid: total, pending: 0 });
        for (const status of ["REJECTED", "FAILED"] as const)
          expect(holding(status, total)).toEqual({ paid: 0, pending: 0 });
      }),
    );
  });

  test("no move but one out of FAILED holds more than before, so no other can be refused for want of money", () => {
    for (const from of ALL)
      for (const to of TRANSITIONS[from]) {
        const [before, after] = [holding(from, paise(7)), holding(to, paise(7))];
        const more = after.paid + after.pending > before.paid + before.pending;
        expect([from, to, more]).toEqual([from, to, from === "FAILED" && to !== "REJECTED"]);
      }
  });
});
