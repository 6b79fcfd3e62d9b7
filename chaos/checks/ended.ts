import { by, type Check, hasEnded, isForPeople, pairs } from "@/chaos/checks/check";
import type { Facts, PaymentFact } from "@/chaos/facts";

const ended: Check = {
  name: "every payment ended",
  promise: "each payment came to an end: accepted, rejected or failed",
  find(facts) {
    return [...pairs(facts)].flatMap(([objectId, pair]) =>
      [pair.outgoing, pair.incoming]
        .filter((payment) => payment !== undefined)
        .filter((payment) => !hasEnded(payment) && !isForPeople(pair))
        .map(
          (payment) =>
            `payment ${objectId}: still ${payment.status} in ${payment.business}'s books${why(facts, payment)}`,
        ),
    );
  },
};

function why({ messages }: Facts, { business, objectId }: PaymentFact): string {
  const own = messages.filter(
    (one) => one.direction === "OUT" && one.business === business && one.objectId === objectId,
  );
  if (own.length === 0) return ", and no message about it was ever written";
  return `; its messages: ${own.map(({ operation, state }) => `${operation} ${state}`).join(", ")}`;
}

/** Lines of the audit trail that may stand once in a payment's life on one side. */
const ONCE = [
  "payment.created",
  "payment.approved",
  "payment.declined",
  "payment.received",
  "payment.delivered",
  "payment.accepted",
  "payment.rejected",
  "payment.failed",
];

const once: Check = {
  name: "nothing was applied twice",
  promise: "each payment was made, delivered and ended once",
  find({ events, messages, transfers }) {
    const findings: string[] = [];
    for (const [key, group] of by(events, ({ business, payment, action }) => `${business} ${payment} ${action}`))
      if (group.length > 1 && ONCE.includes(group[0]?.action ?? ""))
        findings.push(
          `payment ${group[0]?.payment}: ${group[0]?.action} ${group.length} times in ${key.split(" ")[0]}'s books`,
        );
    const ends = events.filter(({ action }) => action === "payment.accepted" || action === "payment.rejected");
    for (const group of by(ends, ({ business, payment }) => `${business} ${payment}`).values())
      if (new Set(group.map(({ action }) => action)).size > 1)
        findings.push(`payment ${group[0]?.payment}: both accepted and rejected in ${group[0]?.business}'s books`);
    for (const group of by(messages, keyOf).values())
      if (group.length > 1) findings.push(`message ${keyOf(group[0] as never)}: kept ${group.length} times`);
    const successes = transfers.filter(({ result }) => result === "SUCCESS");
    for (const group of by(successes, ({ operation, objectId }) => `${operation} ${objectId}`).values())
      if (group.length > 1)
        findings.push(
          `payment ${group[0]?.objectId}: ${group.length} different requests of ${group[0]?.operation} were taken by the receiver`,
        );
    return findings;
  },
};

function keyOf({ business, direction, operation, side, objectId, revision }: Facts["messages"][number]): string {
  return [business, direction, operation, side, objectId, revision].join(" ");
}

export const ENDED: readonly Check[] = [ended, once];
