import { expect, test } from "vitest";
import { APPROVED } from "@/chaos/checks/approved";
import type { Decision, Facts } from "@/chaos/facts";
import { PAYMENT, sampleFacts } from "@/chaos/testing/sample-facts";
import { APPROVAL_FROM, APPROVING } from "@/chaos/world";

const buyer = APPROVING.b2bId;
const said = (isYes: boolean, acknowledged = true): Decision => ({ objectId: PAYMENT, buyer, isYes, acknowledged });

interface Life {
  actions?: readonly string[];
  decisions?: readonly Decision[];
  isTold?: boolean;
  status?: string;
  total?: number;
}

/** What the check says of one payment of the business whose payments a second person approves. */
function found({ actions = [], decisions = [], isTold = false, status = "ACCEPTED", total = APPROVAL_FROM }: Life) {
  const { payments, messages, ...sample } = sampleFacts();
  const facts: Facts = {
    ...sample,
    payments: payments.map((payment) =>
      payment.side === "OUTGOING" ? { ...payment, business: buyer, status, total } : payment,
    ),
    messages: isTold ? messages.map((message) => ({ ...message, business: buyer })) : [],
    events: actions.map((action) => ({ business: buyer, payment: PAYMENT, action: `payment.${action}` })),
    decisions,
  };
  return APPROVED.flatMap((check) => check.find(facts));
}

test("nothing is found of what was approved and sent, declined, too small, or not decided yet", () => {
  const yes = { actions: ["created", "approved"], decisions: [said(true)], isTold: true };
  expect(found(yes)).toEqual([]);
  expect(found({ ...yes, decisions: [said(true, false), said(false, false)] })).toEqual([]);
  expect(found({ actions: ["created", "declined"], decisions: [said(false)], status: "FAILED" })).toEqual([]);
  expect(found({ isTold: true, total: APPROVAL_FROM - 1 })).toEqual([]);
  expect(found({ status: "AWAITING_APPROVAL" })).toEqual([]);
});

test.each<[string, Life]>([
  ["10000.00 was sent, and nobody approved it", { isTold: true }],
  ["declined, and sent or approved all the same", { actions: ["declined"], decisions: [said(false)], isTold: true }],
  ["declined, and SENDING in its books", { actions: ["declined"], decisions: [said(false)], status: "SENDING" }],
  ["approved, and nobody said so", { actions: ["approved"], decisions: [said(false, false)], isTold: true }],
  ["declined, and nobody said so", { actions: ["declined"], status: "FAILED" }],
  ["its approval was acknowledged, and is not in its books", { decisions: [said(true)] }],
  ["a no to it was acknowledged, and is not in its books", { decisions: [said(false)] }],
  [
    "more than one decision was acknowledged",
    { actions: ["approved"], decisions: [said(true), said(true)], isTold: true },
  ],
])("%s", (words, life) => {
  expect(found(life)).toContain(`payment ${PAYMENT}: ${words}`);
});
