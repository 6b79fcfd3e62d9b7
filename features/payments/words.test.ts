import { describe, expect, test } from "vitest";
import {
  amountInBank,
  answerRefusedWords,
  holdUpWords,
  paymentStatusWords,
  settlesWords,
} from "@/features/payments/words";
import { PaymentStatus } from "@/lib/generated/prisma/enums";

test("every status has words on both sides", () => {
  for (const side of ["outgoing", "incoming"] as const)
    for (const status of Object.values(PaymentStatus))
      expect(paymentStatusWords(side, status)).toMatch(/^[A-Z][a-z ]+$/);
});

test("only an accepted payment has settled anything", () => {
  expect(settlesWords({ status: "ACCEPTED" })).toBe("Settled");
  expect(settlesWords({ status: "AWAITING_CONFIRMATION" })).toBe("Settles");
  expect(settlesWords({ status: "REJECTED" })).toBe("Would have settled");
  expect(settlesWords({ status: "FAILED" })).toBe("Would have settled");
});

test("an answer that came back says why, and which one would be taken where the buyer's side has another", () => {
  const because = (code: string, detail: string) => answerRefusedWords({ code, detail, field: "" });
  expect(because("EXCEEDS_DUE", "More is paid than is due.")).toBe("More is paid than is due.");
  expect(because("LOST", "")).toBe("No reason was given.");
  for (const code of ["DUPLICATE_CONFLICT", "ALREADY_ANSWERED"])
    expect(because(code, "This objectId was used before with other content.")).toMatch(
      /given again with the same remarks/,
    );
});

test("a bank statement has what was paid, not what it settles", () => {
  expect(amountInBank({ netPaise: 98, totalPaise: 100 })).toBe(98);
  expect(amountInBank({ netPaise: 0, totalPaise: 100 })).toBe(100);
});

describe("what holds a message up", () => {
  const now = new Date("2026-11-20T05:00:00+05:30");
  const lastError = "The network could not be reached.";
  test.each([
    ["2026-11-20T05:03:00+05:30", `${lastError} Trying again 5:03 am.`],
    ["2026-11-21T05:03:00+05:30", `${lastError} Trying again 21 Nov 2026, 5:03 am IST.`],
    [null, lastError],
  ])("with the next attempt at %s", (nextAttemptAt, words) => {
    expect(holdUpWords({ lastError, nextAttemptAt }, now)).toBe(words);
  });

  test("is nothing while nothing is wrong", () => {
    expect(holdUpWords(null)).toBeNull();
    expect(holdUpWords({ lastError: null, nextAttemptAt: null })).toBeNull();
  });
});
