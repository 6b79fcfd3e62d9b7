import type { Delivery, Payment, TimelineEntry } from "@/features/payments/api";
import { referenceWords } from "@/features/payments/reference";
import { GIVEN_UP, mayGiveUp } from "@/features/payments/rules";
import { amountInBank, answerRefusedWords, failureWords, heldBackWords, reasonWords } from "@/features/payments/words";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { formatRupees, paise } from "@/lib/money";
import { formatDateTime } from "@/lib/time";

/** One line of the audit trail about a payment. */
export interface PaymentEvent {
  at: Date;
  actorName: string;
  action: string;
  /** What the payment was then, and what was told of it, as JSON. */
  after: string | null;
}

/** The business's own last message about a payment. */
export interface SentMessage {
  state: Delivery["state"];
  attempts: number;
  nextAttemptAt: Date | null;
  lastError: string | null;
  settledAt: Date | null;
}

type Entry = Omit<TimelineEntry, "detail" | "actor"> & Partial<Pick<TimelineEntry, "detail" | "actor">>;

const entry = (given: Entry): TimelineEntry => ({ detail: null, actor: null, ...given });

const DELIVERY_PROBLEM = {
  REFUSED: "Bharat Connect refused the message",
  STOPPED: "Bharat Connect refused the call",
  GAVE_UP: "Bharat Connect could not be reached, and the attempts have run out",
} as const;

/** How our own message fares until the other side has answered it. */
function deliveryEntry(key: string, title: string, message: SentMessage | null, arrived: boolean): TimelineEntry {
  if (arrived || message?.state === "DELIVERED")
    return entry({ key, title, at: message?.settledAt?.toISOString() ?? null, tone: "done" });
  if (!message) return entry({ key, title, at: null, tone: "pending" });
  if (message.state !== "QUEUED") {
    const at = message.settledAt?.toISOString() ?? null;
    return entry({ key, title: DELIVERY_PROBLEM[message.state], at, detail: message.lastError, tone: "problem" });
  }
  const again = message.nextAttemptAt ? ` Trying again ${formatDateTime(message.nextAttemptAt)}.` : "";
  const detail = message.lastError ? `${message.lastError}${again}` : null;
  return entry({ key, title: "Being sent through Bharat Connect", at: null, detail, tone: "current" });
}

const find = (events: readonly PaymentEvent[], action: string) => events.findLast((event) => event.action === action);

function sentAgain(events: readonly PaymentEvent[]): TimelineEntry[] {
  return events
    .filter((event) => event.action === "payment.sent-again")
    .map((event, index) =>
      entry({
        key: `sent-again-${index}`,
        title: "Sent again by hand",
        at: event.at.toISOString(),
        actor: event.actorName,
        tone: "done",
      }),
    );
}

/** What to look for in a bank statement, and what it settles where that is more. */
function factsOf(payment: Payment): string {
  const { netPaise, adjustmentPaise, totalPaise } = payment;
  const reference = `${referenceWords(payment.mode).word} ${payment.utr}`;
  const facts = `${formatRupees(paise(amountInBank(payment)))}, ${MODE_LABELS[payment.mode]}, ${reference}`;
  if (adjustmentPaise === 0) return facts;
  return netPaise > 0 ? `${facts}; to settle ${formatRupees(paise(totalPaise))}` : `${facts}; by adjustment alone`;
}

function answerEntry(payment: Payment): TimelineEntry {
  const title = payment.supplierResponse === "REJECT" ? "Rejected" : "Accepted";
  return entry({
    key: "answer",
    title: payment.side === "outgoing" ? `${title} by the supplier` : title,
    at: payment.respondedAt,
    detail: payment.supplierRemarks && `“${payment.supplierRemarks}”`,
    actor: payment.respondedBy,
    tone: payment.supplierResponse === "REJECT" ? "problem" : "done",
  });
}

/** The key of the entry that says that a failed payment is with the supplier's platform all the same. */
export const ARRIVED_ALL_THE_SAME = "arrived-all-the-same";

/**
 * A payment failed here although the supplier's platform has it, and its bills could not take it any more when we heard of that: people
 * have to settle it.
 */
function arrivedAllTheSame(events: readonly PaymentEvent[]): TimelineEntry[] {
  const event = events.findLast(
    ({ action, after }) => action === "payment.outcome-came-late" && JSON.parse(after ?? "{}").result === "SUCCESS",
  );
  if (!event) return [];
  return [
    entry({
      key: ARRIVED_ALL_THE_SAME,
      title: "The supplier's platform has it all the same",
      at: event.at.toISOString(),
      detail: "What it was for could not take it then. Ask the supplier which payment counts before you pay again.",
      tone: "problem",
    }),
  ];
}

/** What a second person made of a payment, and what it waits for while nobody has; nothing where it needs no approval. */
function approvalEntries(payment: Payment, events: readonly PaymentEvent[]): TimelineEntry[] {
  if (payment.status === "AWAITING_APPROVAL")
    return [entry({ key: "approval", title: "Waiting for a second person's approval", at: null, tone: "current" })];
  const { approved, failure } = payment;
  if (approved)
    return [entry({ key: "approval", title: "Approved", at: approved.at, actor: approved.by, tone: "done" })];
  const heldBack = heldBackWords(failure);
  if (!heldBack) return [];
  const event = find(events, "payment.declined") ?? find(events, "payment.withdrawn");
  const at = event?.at.toISOString() ?? null;
  const detail = failure?.detail ? `“${failure.detail}”` : null;
  return [entry({ key: "failed", title: heldBack, at, detail, actor: event?.actorName ?? null, tone: "problem" })];
}

function outgoing(payment: Payment, events: readonly PaymentEvent[], message: SentMessage | null): TimelineEntry[] {
  const delivered = find(events, "payment.delivered");
  const answered = payment.supplierResponse !== null;
  const arrived = delivered !== undefined || answered;
  const failed = payment.status === "FAILED";
  const made = [
    entry({
      key: "created",
      title: "Payment recorded",
      at: payment.createdAt,
      detail: factsOf(payment),
      actor: payment.createdBy,
      tone: "done",
    }),
    ...approvalEntries(payment, events),
  ];
  if (heldBackWords(payment.failure)) return made;
  const entries = [
    ...made,
    deliveryEntry("sent", "Sent through Bharat Connect", message, arrived),
    ...sentAgain(events),
  ];
  const givenUp = payment.failure?.code === GIVEN_UP && find(events, "payment.given-up");
  const isWithNetwork = message?.state === "DELIVERED";
  if (failed && givenUp)
    return [
      ...entries.filter(({ key }) => key !== "sent" || isWithNetwork),
      entry({
        key: "failed",
        title: isWithNetwork ? failureWords({ ...payment, delivery: message }) : "Given up: it could not be delivered",
        at: givenUp.at.toISOString(),
        detail: message?.lastError ?? null,
        actor: givenUp.actorName,
        tone: "problem",
      }),
      ...arrivedAllTheSame(events),
    ];
  if (failed) {
    const at = find(events, "payment.failed")?.at.toISOString() ?? null;
    const detail = reasonWords(payment.failure);
    const refusal = entry({
      key: "failed",
      title: failureWords({ ...payment, delivery: message }),
      at,
      detail,
      tone: "problem",
    });
    // What the network did not take has said so in the line before.
    return [...entries, ...(message?.state === "REFUSED" ? [] : [refusal]), ...arrivedAllTheSame(events)];
  }
  entries.push(
    entry({
      key: "received",
      title: "Received by the supplier's platform",
      at: delivered?.at.toISOString() ?? (answered ? payment.respondedAt : null),
      tone: arrived ? "done" : "pending",
    }),
    answered
      ? answerEntry(payment)
      : entry({
          key: "answer",
          title: arrived ? "Waiting for the supplier's answer" : "The supplier's answer",
          at: null,
          tone: arrived ? "current" : "pending",
        }),
  );
  return entries;
}

/** Why a payment waits for an answer again: what became of the last one, by the audit trail's line about it. */
const OPENED_AGAIN: Record<string, string> = {
  "payment.answer-refused": "The buyer's side did not take the answer",
  "payment.answer-taken-back": "Nothing came of the answer, and it was taken back",
};

function openedAgain(payment: Payment, events: readonly PaymentEvent[]): TimelineEntry[] {
  const event = events.findLast(({ action }) => Object.hasOwn(OPENED_AGAIN, action));
  if (!event) return [];
  const [at, title] = [event.at.toISOString(), OPENED_AGAIN[event.action] ?? ""];
  const said = payment.failure ? { detail: answerRefusedWords(payment.failure) } : { actor: event.actorName };
  return [entry({ key: "answer-refused", title, at, ...said, tone: "problem" })];
}

function incoming(payment: Payment, events: readonly PaymentEvent[], message: SentMessage | null): TimelineEntry[] {
  const received = entry({
    key: "received",
    title: `Payment received from ${payment.counterparty.name}`,
    at: payment.createdAt,
    detail: factsOf(payment),
    tone: "done",
  });
  if (payment.supplierResponse === null) {
    return [
      received,
      ...openedAgain(payment, events),
      entry({ key: "answer", title: "Waiting for your answer", at: null, tone: "current" }),
    ];
  }
  const ended = payment.status !== "CONFIRMING";
  const settled = find(events, `payment.${payment.status.toLowerCase()}`);
  return [
    received,
    answerEntry(payment),
    deliveryEntry("sent", "Answer sent through Bharat Connect", message, ended),
    ...sentAgain(events),
    entry({
      key: "settled",
      title: "The buyer has the answer",
      at: settled?.at.toISOString() ?? null,
      tone: ended ? "done" : "pending",
    }),
  ];
}

/**
 * A payment's life as its page tells it, oldest first: what happened, with who and when, then what is still to come.
 * @param events the audit trail's lines about the payment, oldest first
 */
export function timelineOf(
  payment: Payment,
  events: readonly PaymentEvent[],
  message: SentMessage | null,
): TimelineEntry[] {
  return payment.side === "outgoing" ? outgoing(payment, events, message) : incoming(payment, events, message);
}

/** How long after a message was delivered its outcome may be missing before sending it again is offered, in milliseconds. */
const OUTCOME_OVERDUE_MS = 60_000;

/** How our message fares, and whether sending it again can help: only while the other side's word on it is still out. */
export function deliveryOf(payment: Payment, message: SentMessage | null, now: Date): Delivery | null {
  if (!message) return null;
  const open = payment.status === (payment.side === "outgoing" ? "SENDING" : "CONFIRMING");
  const silent = message.settledAt !== null && now.getTime() - message.settledAt.getTime() > OUTCOME_OVERDUE_MS;
  const stuck = {
    QUEUED: message.lastError !== null,
    DELIVERED: silent,
    REFUSED: false,
    STOPPED: true,
    GAVE_UP: true,
  }[message.state];
  return {
    state: message.state,
    attempts: message.attempts,
    nextAttemptAt: message.nextAttemptAt?.toISOString() ?? null,
    lastError: message.lastError,
    canSendAgain: open && stuck,
    canGiveUp:
      open && mayGiveUp(message.state, new Date(payment.respondedAt ?? payment.approved?.at ?? payment.createdAt), now),
  };
}
