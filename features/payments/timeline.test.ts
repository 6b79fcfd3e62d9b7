import { describe, expect, test } from "vitest";
import type { Payment } from "@/features/payments/api";
import { deliveryOf, type SentMessage, timelineOf } from "@/features/payments/timeline";

const NOW = new Date("2026-11-20T14:05:00+05:30");
/** Ten minutes before midnight in India, so many days before. */
const daysAgo = (days: number) => new Date(Date.UTC(2026, 10, 20 - days, 18, 20)).toISOString();

const payment = (changes: Partial<Payment> = {}): Payment => ({
  objectId: "PMT019aa0d5c1f07c3e8a4b5d6e7f809102",
  side: "outgoing",
  counterparty: { b2bId: "K@BCB", name: "Kaveri" },
  type: "OFFPLATFORM",
  mode: "NEFT",
  utr: "HDFCN26324123456",
  paidAt: NOW.toISOString(),
  netPaise: 100_000,
  adjustmentPaise: 0,
  totalPaise: 100_000,
  status: "SENDING",
  statusWords: "",
  undelivered: false,
  supplierResponse: null,
  supplierRemarks: null,
  respondedBy: null,
  respondedAt: null,
  failure: null,
  invoiceNumbers: ["KM/1"],
  invoiceCount: 1,
  daysWaiting: 0,
  approval: null,
  createdBy: "Asha Rao",
  approved: null,
  createdAt: NOW.toISOString(),
  ...changes,
});

const message = (changes: Partial<SentMessage> = {}): SentMessage => ({
  state: "QUEUED",
  attempts: 0,
  nextAttemptAt: NOW,
  lastError: null,
  settledAt: null,
  ...changes,
});

const told = (...args: Parameters<typeof timelineOf>) =>
  timelineOf(...args).map(({ tone, title }) => `${tone}: ${title}`);

describe("the time line", () => {
  test("of a payment that can't be delivered says what is tried, and then that it has stopped", () => {
    const retrying = timelineOf(
      payment(),
      [],
      message({ attempts: 2, lastError: "The network could not be reached." }),
    );
    expect(retrying[1]).toMatchObject({
      tone: "current",
      detail: "The network could not be reached. Trying again 20 Nov 2026, 2:05 pm IST.",
    });
    const gaveUp = message({ state: "GAVE_UP", attempts: 18, nextAttemptAt: null, settledAt: NOW });
    expect(told(payment(), [], gaveUp)[1]).toMatch(/^problem: Bharat Connect could not be reached/);
  });

  test("of a payment that a second person approves says what it waits for, who approved it, or who said no and why", () => {
    const held = payment({ status: "AWAITING_APPROVAL" });
    expect(told(held, [], null)).toEqual([
      "done: Payment recorded",
      "current: Waiting for a second person's approval",
      "pending: Sent through Bharat Connect",
      "pending: Received by the supplier's platform",
      "pending: The supplier's answer",
    ]);
    const approved = payment({ approved: { by: "Ravi", at: NOW.toISOString() } });
    expect(told(approved, [], message()).slice(0, 3)).toEqual([
      "done: Payment recorded",
      "done: Approved",
      "current: Being sent through Bharat Connect",
    ]);
    for (const [code, action, title] of [
      ["DECLINED", "payment.declined", "Not approved"],
      ["WITHDRAWN", "payment.withdrawn", "Taken back before it was approved"],
    ] as const) {
      const failure = { code, detail: "Wrong UTR", field: "" };
      const ended = [{ at: NOW, actorName: "Ravi", action, after: null }];
      expect(timelineOf(payment({ status: "FAILED", failure }), ended, null).slice(1)).toMatchObject([
        { title, detail: "“Wrong UTR”", actor: "Ravi", tone: "problem" },
      ]);
    }
  });

  test("of a payment whose confirmation overtook its outcome skips nothing", () => {
    const answer = { supplierResponse: "ACCEPT", respondedBy: "Kaveri", respondedAt: NOW.toISOString() } as const;
    const accepted = payment({ status: "ACCEPTED", ...answer, supplierRemarks: "ok" });
    expect(told(accepted, [], message())).toEqual([
      "done: Payment recorded",
      "done: Sent through Bharat Connect",
      "done: Received by the supplier's platform",
      "done: Accepted by the supplier",
    ]);
    expect(timelineOf(accepted, [], message())[2]?.at).toBe(answer.respondedAt);
  });
});

describe("what a payment is called there", () => {
  const detail = (changes: Partial<Payment>) => timelineOf(payment(changes), [], message())[0]?.detail;

  test("is the amount that the bank statement has beside the UTR, with what it settles", () => {
    expect(detail({})).toBe("₹1,000.00, NEFT, UTR HDFCN26324123456");
    expect(detail({ mode: "CHEQUE", utr: "004417" })).toBe("₹1,000.00, Cheque, cheque number 004417");
    expect(detail({ netPaise: 98_000, adjustmentPaise: 2_000 })).toBe(
      "₹980.00, NEFT, UTR HDFCN26324123456; to settle ₹1,000.00",
    );
    expect(detail({ netPaise: 0, adjustmentPaise: 100_000 })).toMatch(/^₹1,000.00, .* by adjustment alone$/);
  });

  test("what is still to come is not said as if it had happened", () => {
    expect(told(payment(), [], message()).at(-1)).toBe("pending: The supplier's answer");
    const arrived = [{ at: NOW, actorName: "network", action: "payment.delivered", after: null }];
    expect(told(payment({ status: "AWAITING_CONFIRMATION" }), arrived, message({ state: "DELIVERED" })).at(-1)).toBe(
      "current: Waiting for the supplier's answer",
    );
  });

  test("who stopped it: the supplier's platform, or the network before that", () => {
    const failed = payment({ status: "FAILED", failure: { code: "X", detail: "does not know INV-1", field: "" } });
    expect(told(failed, [], message({ state: "DELIVERED" })).slice(1)).toEqual([
      "done: Sent through Bharat Connect",
      "problem: Refused by the supplier's platform",
    ]);
    expect(told(failed, [], message({ state: "REFUSED" })).slice(1)).toEqual([
      "problem: Bharat Connect refused the message",
    ]);
  });
});

test("a payment that failed, and that the supplier's platform has all the same, says so", () => {
  const late = (result: string) => {
    const after = JSON.stringify({ status: "FAILED", result });
    return [{ at: NOW, actorName: "Bharat Connect", action: "payment.outcome-came-late", after }];
  };
  for (const code of ["X", "GIVEN_UP"]) {
    const failed = payment({ status: "FAILED", failure: { code, detail: "No", field: "" } });
    const sent = message({ state: "REFUSED", nextAttemptAt: null });
    const givenUp = { at: NOW, actorName: "Asha Rao", action: "payment.given-up", after: null };
    expect(told(failed, [givenUp, ...late("SUCCESS")], sent).at(-1)).toBe(
      "problem: The supplier's platform has it all the same",
    );
    expect(told(failed, [givenUp, ...late("FAILURE")], sent).at(-1)).not.toMatch(/all the same/);
  }
});

describe("what was given up", () => {
  const by = (action: string) => [{ at: NOW, actorName: "Asha Rao", action, after: null }];

  test("is told with who did it, and why, instead of how the message fares", () => {
    const failure = { code: "GIVEN_UP", detail: "Asha Rao gave this payment up …", field: "" };
    const sent = message({ state: "REFUSED", nextAttemptAt: null, lastError: "The network refused the call." });
    expect(timelineOf(payment({ status: "FAILED", failure }), by("payment.given-up"), sent).slice(1)).toMatchObject([
      { tone: "problem", title: expect.stringMatching(/^Given up/), actor: "Asha Rao", detail: sent.lastError },
    ]);
  });

  test("after it was sent, and nothing came of it, is told with when it was sent", () => {
    const failure = { code: "GIVEN_UP", detail: "Asha Rao gave this payment up …", field: "" };
    const sent = message({ state: "DELIVERED", nextAttemptAt: null, settledAt: NOW });
    expect(told(payment({ status: "FAILED", failure }), by("payment.given-up"), sent).slice(1)).toEqual([
      "done: Sent through Bharat Connect",
      "problem: Given up: nothing came of it",
    ]);
  });

  test("an answer that the buyer's side refused since it has another says which one would be taken", () => {
    const failure = { code: "DUPLICATE_CONFLICT", detail: "This objectId was used before …", field: "" };
    const waiting = payment({ side: "incoming", status: "AWAITING_CONFIRMATION", failure });
    expect(timelineOf(waiting, by("payment.answer-refused"), null)[1]).toMatchObject({
      title: "The buyer's side did not take the answer",
      detail: expect.stringMatching(/given again with the same remarks/),
    });
  });

  test("an answer that was taken back is still to be given", () => {
    const waiting = payment({ side: "incoming", status: "AWAITING_CONFIRMATION" });
    expect(timelineOf(waiting, by("payment.answer-taken-back"), null).slice(1)).toMatchObject([
      { tone: "problem", title: expect.stringMatching(/was taken back$/), actor: "Asha Rao", detail: null },
      { tone: "current", title: "Waiting for your answer" },
    ]);
  });

  test("of several answers that came back the last one is told of", () => {
    const waiting = payment({ side: "incoming", status: "AWAITING_CONFIRMATION" });
    const events = [...by("payment.answer-refused"), ...by("payment.answer-taken-back")];
    const titles = (given: typeof events) => told(waiting, given, null)[1];
    expect(titles(events)).toMatch(/was taken back$/);
    expect(titles(events.toReversed())).toMatch(/did not take the answer$/);
  });

  test("of a payment that failed, arrived all the same and failed again the last failure is told of", () => {
    const again = new Date(NOW.getTime() + 60_000);
    const failure = { code: "X", detail: "No", field: "" };
    const events = [...by("payment.failed"), { ...by("payment.failed")[0], at: again }] as ReturnType<typeof by>;
    const told = timelineOf(payment({ status: "FAILED", failure }), events, message({ state: "DELIVERED" }));
    expect(told.at(-1)).toMatchObject({ key: "failed", at: again.toISOString() });
  });

  test.each<[string, Partial<Payment>, Partial<SentMessage>, boolean]>([
    ["can be once the attempts ran out", {}, { state: "GAVE_UP" }, true],
    ["can be once the network refused the call", {}, { state: "STOPPED" }, true],
    ["can be an answer", { side: "incoming", status: "CONFIRMING" }, { state: "STOPPED" }, true],
    ["can't be while it is tried again", {}, { attempts: 9, lastError: "x" }, false],
    ["can't be once it was delivered", {}, { state: "DELIVERED", settledAt: NOW }, false],
    ["can't be while its outcome may come", { createdAt: daysAgo(6) }, { state: "DELIVERED", settledAt: NOW }, false],
    [
      "can be when nothing came of it for a week",
      { createdAt: daysAgo(7) },
      { state: "DELIVERED", settledAt: NOW },
      true,
    ],
    [
      "can't be within a week of the answer, however old its payment is",
      { side: "incoming", status: "CONFIRMING", createdAt: daysAgo(60), respondedAt: daysAgo(6) },
      { state: "DELIVERED", settledAt: NOW },
      false,
    ],
    [
      "can be when nothing came of the answer for a week",
      { side: "incoming", status: "CONFIRMING", respondedAt: daysAgo(7) },
      { state: "DELIVERED", settledAt: NOW },
      true,
    ],
    ["can't be of however old a message that is queued again", { createdAt: daysAgo(60) }, {}, false],
    ["can't be once the other side has it", { status: "AWAITING_CONFIRMATION" }, { state: "GAVE_UP" }, false],
  ])("%s", (_, changes, sent, offered) => {
    expect(deliveryOf(payment(changes), message(sent), NOW)?.canGiveUp).toBe(offered);
  });
});

describe("sending again is offered", () => {
  const later = new Date(NOW.getTime() + 61_000);
  test.each<[string, Partial<Payment>, Partial<SentMessage>, boolean]>([
    ["after the attempts ran out", {}, { state: "GAVE_UP" }, true],
    ["after the network refused the call", {}, { state: "STOPPED" }, true],
    ["when an ack came but no outcome for a minute", {}, { state: "DELIVERED", settledAt: NOW }, true],
    ["not within that minute", {}, { state: "DELIVERED", settledAt: new Date(NOW.getTime() + 1_000) }, false],
    ["while an attempt has failed and another waits", {}, { attempts: 1, lastError: "x" }, true],
    ["not before the first attempt", {}, {}, false],
    ["not while the first attempt is made", {}, { attempts: 1 }, false],
    ["not when the outcome may still come", {}, { state: "DELIVERED", settledAt: later }, false],
    ["not once the other side has it", { status: "AWAITING_CONFIRMATION" }, { state: "GAVE_UP" }, false],
    ["not when the message itself was refused", {}, { state: "REFUSED" }, false],
    ["for an answer on its way", { side: "incoming", status: "CONFIRMING" }, { state: "GAVE_UP" }, true],
  ])("%s", (_, changes, sent, offered) => {
    expect(deliveryOf(payment(changes), message(sent), later)?.canSendAgain).toBe(offered);
  });

  test("not where nothing was sent", () => {
    expect(deliveryOf(payment({ side: "incoming" }), null, later)).toBeNull();
  });
});
