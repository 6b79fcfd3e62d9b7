import { describe, expect, test } from "vitest";
import {
  amountInBank,
  answerRefusedWords,
  correctionWords,
  holdUpWords,
  paymentStatusWords,
  settlesWords,
  silenceWords,
  waitedWords,
} from "@/features/payments/words";
import { PaymentStatus } from "@/lib/generated/prisma/enums";

test("every status has words on both sides", () => {
  for (const side of ["outgoing", "incoming"] as const)
    for (const status of Object.values(PaymentStatus))
      expect(paymentStatusWords(side, status)).toMatch(/^[A-Z][a-z ]+$/);
});

test("what goes no further says what is to be done, and not that it is on its way", () => {
  expect(paymentStatusWords("outgoing", "SENDING", { undelivered: true })).toBe("To send again");
  expect(paymentStatusWords("incoming", "CONFIRMING", { undelivered: true })).toBe("Answer to send again");
});

test("what nobody outside heard of has not failed, it was held back", () => {
  expect(paymentStatusWords("outgoing", "FAILED", { failureCode: "DECLINED" })).toBe("Not approved");
  expect(paymentStatusWords("outgoing", "FAILED", { failureCode: "WITHDRAWN" })).toBe("Taken back");
  expect(paymentStatusWords("outgoing", "FAILED", { failureCode: "REFUSED" })).toBe("Failed");
  expect(paymentStatusWords("outgoing", "ACCEPTED", { failureCode: null })).toBe("Accepted");
});

test("only an accepted payment has settled anything", () => {
  expect(settlesWords({ status: "ACCEPTED" })).toBe("Settled");
  expect(settlesWords({ status: "AWAITING_CONFIRMATION" })).toBe("Settles");
  expect(settlesWords({ status: "REJECTED" })).toBe("Would have settled");
  expect(settlesWords({ status: "FAILED" })).toBe("Would have settled");
});

test("an answer that came back says why, and which one would be taken where the buyer's side has another", () => {
  const because = (code: string, detail: string) => answerRefusedWords({ code, detail });
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

test("whoever finds a slip in a payment that was sent reads who can undo it, as far as somebody can", () => {
  const sent = { side: "outgoing", type: "OFFPLATFORM", undelivered: false } as const;
  const party = { counterparty: { b2bId: "K@BCB", name: "Kaveri" } };
  for (const status of ["SENDING", "AWAITING_CONFIRMATION"] as const) {
    expect(correctionWords({ ...sent, ...party, status })).toContain("Kaveri can reject it: ask them to");
    expect(correctionWords({ ...sent, ...party, status, type: "ONPLATFORM" })).toContain("Kaveri can only accept it");
  }
  expect(correctionWords({ ...sent, ...party, status: "ACCEPTED" })).toContain("Kaveri has accepted it");
  for (const status of ["REJECTED", "FAILED"] as const)
    expect(correctionWords({ ...sent, ...party, status })).toBeNull();
  expect(correctionWords({ ...sent, ...party, status: "SENDING", undelivered: true })).toBeNull();
  expect(correctionWords({ ...sent, ...party, status: "ACCEPTED", side: "incoming" })).toBeNull();
});

describe("a payment that waits for long", () => {
  const since = "2026-11-03T14:05:00+05:30";
  const waiting = {
    side: "outgoing",
    status: "AWAITING_CONFIRMATION",
    type: "OFFPLATFORM",
    mode: "NEFT",
    utr: "HDFCN26324123456",
    counterparty: { b2bId: "K@BCB", name: "Kaveri" },
    totalPaise: 150_000,
    invoiceCount: 2,
    createdAt: since,
    approved: null,
    respondedAt: null,
    undelivered: false,
    daysWaiting: 19,
  } as const;

  test("says since when, whom to ask and by what, and what stays as it is", () => {
    expect(silenceWords(waiting)).toEqual([
      "Kaveri was told on 3 Nov 2026, and has still to say whether the money has come. Only they can: ask them, and quote UTR HDFCN26324123456.",
      "Until then ₹1,500.00 of the 2 bills below stays on its way, and can't be paid again.",
    ]);
    expect(silenceWords({ ...waiting, type: "ONPLATFORM" })?.[0]).toMatch(/has still to confirm it/);
    expect(silenceWords({ ...waiting, status: "SENDING", mode: "CHEQUE", utr: "000123", invoiceCount: 1 })).toEqual([
      "Bharat Connect was told on 3 Nov 2026. Ask Kaveri whether it has reached them, and quote cheque number 000123; or ask whoever runs this portal, and quote the reference for support below.",
      "Until then ₹1,500.00 of the bill below stays on its way, and can't be paid again.",
    ]);
    expect([waitedWords(waiting), waitedWords({ ...waiting, daysWaiting: 1 })]).toEqual(["19 days", "1 day"]);
  });

  test("counts from its approval, where it needed one; before that nobody is asked", () => {
    const approved = { by: "Asha", at: "2026-11-05T10:00:00+05:30" };
    expect(silenceWords({ ...waiting, approved })?.[0]).toMatch(/^Kaveri was told on 5 Nov 2026/);
    expect(silenceWords({ ...waiting, status: "AWAITING_APPROVAL" })).toBeNull();
  });

  test("so does an answer that the buyer's side is silent about, from the day after it was given", () => {
    const answered = { ...waiting, side: "incoming", status: "CONFIRMING", respondedAt: since } as const;
    expect(silenceWords(answered, new Date("2026-11-03T23:59:00+05:30"))).toBeNull();
    expect(silenceWords(answered, new Date("2026-11-04T00:00:00+05:30"))).toEqual([
      "Bharat Connect has your answer of 3 Nov 2026. Ask Kaveri whether they have it, and quote UTR HDFCN26324123456; or ask whoever runs this portal, and quote the reference for support below.",
      "Until they do, nothing is settled: ₹1,500.00 of the 2 invoices below stays as it is.",
    ]);
    expect(waitedWords(answered)).toBeNull();
  });

  test("what can't be delivered has not waited for a supplier who doesn't know of it", () => {
    const sending = { ...waiting, status: "SENDING" } as const;
    expect([waitedWords(sending), waitedWords({ ...sending, undelivered: true })]).toEqual(["19 days", null]);
  });

  test("on its first day, and once it has ended, nothing is said", () => {
    expect([silenceWords({ ...waiting, daysWaiting: 0 }), waitedWords({ ...waiting, daysWaiting: 0 })]).toEqual([
      null,
      null,
    ]);
    const ended = { ...waiting, status: "ACCEPTED", daysWaiting: null } as const;
    expect([silenceWords(ended), waitedWords(ended)]).toEqual([null, null]);
  });
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
