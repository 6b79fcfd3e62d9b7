import type { Delivery, Payment } from "@/features/payments/api";
import { referenceWords } from "@/features/payments/reference";
import { DECLINED, GIVEN_UP, WITHDRAWN } from "@/features/payments/rules";
import { formatRupees, paise } from "@/lib/money";
import { portalNow } from "@/lib/portal-clock";
import { formatDate, formatDateTime, formatTime, toIstDay } from "@/lib/time";

type Status = Payment["status"];

const ENDED = { ACCEPTED: "Accepted", REJECTED: "Rejected", FAILED: "Failed" } as const;

/** Each status that a side knows, in the one word or two that it has everywhere: lists, pages, filters and exports. */
export const PAYMENT_STATUS_WORDS = {
  outgoing: {
    AWAITING_APPROVAL: "To approve",
    SENDING: "Being sent",
    AWAITING_CONFIRMATION: "Waiting for supplier",
    ...ENDED,
  },
  incoming: {
    AWAITING_CONFIRMATION: "To confirm",
    CONFIRMING: "Answer on its way",
    ACCEPTED: ENDED.ACCEPTED,
    REJECTED: ENDED.REJECTED,
  },
} as const satisfies Record<Payment["side"], Partial<Record<Status, string>>>;

/** The statuses that only the other side's record has, should one come to be shown. */
const ELSEWHERE: Record<Status, string> = {
  ...PAYMENT_STATUS_WORDS.outgoing,
  CONFIRMING: PAYMENT_STATUS_WORDS.incoming.CONFIRMING,
};

/** What is on its way, but goes no further until a person sends it again (or gives it up): a list's filter says it in the same words. */
export const UNDELIVERED_WORDS = {
  outgoing: "To send again",
  incoming: "Answer to send again",
} as const satisfies Record<Payment["side"], string>;

/** What a FAILED payment is called that nobody outside heard of, by what ended it: nothing went wrong with it. The filter finds it under Failed. */
const HELD_BACK_WORDS = new Map([
  [DECLINED, "Not approved"],
  [WITHDRAWN, "Taken back"],
]);

interface Circumstances {
  undelivered?: boolean;
  /** Why it failed, if it did. */
  failureCode?: string | null;
}

/** A payment's status in people's words, as its side sees it. */
export function paymentStatusWords(
  side: Payment["side"],
  status: Status,
  { undelivered = false, failureCode = null }: Circumstances = {},
): string {
  if (undelivered) return UNDELIVERED_WORDS[side];
  const heldBack = status === "FAILED" && failureCode !== null && HELD_BACK_WORDS.get(failureCode);
  if (heldBack) return heldBack;
  const words: Partial<Record<Status, string>> = PAYMENT_STATUS_WORDS[side];
  return words[status] ?? ELSEWHERE[status];
}

/** Whether nothing of it counts: what it says was paid and settled is a claim that did not stand. */
export const isVoid = ({ status }: Pick<Payment, "status">) => status === "REJECTED" || status === "FAILED";

/** What a payment does to its invoices, as the heading of an amount. */
export function settlesWords({ status }: Pick<Payment, "status">): "Settled" | "Settles" | "Would have settled" {
  if (status === "ACCEPTED") return "Settled";
  return isVoid({ status }) ? "Would have settled" : "Settles";
}

/** The amount that a bank statement shows, in paise; what is settled where no money moved. */
export const amountInBank = ({ netPaise, totalPaise }: Pick<Payment, "netPaise" | "totalPaise">) =>
  netPaise > 0 ? netPaise : totalPaise;

/** Who in the business ended a payment before its supplier was told; null where that isn't why it failed. */
export function heldBackWords(failure: Pick<NonNullable<Payment["failure"]>, "code"> | null): string | null {
  if (failure?.code === WITHDRAWN) return "Taken back before it was approved";
  return (failure && HELD_BACK_WORDS.get(failure.code)) ?? null;
}

/**
 * Who stopped a payment that failed: the network, which would not take the message, the supplier's platform, which got it and said no, or
 * a person, since neither said anything or before they heard of it. "Failed" alone would not say whom to ask.
 */
export function failureWords({ delivery, failure }: FailedPayment): string {
  const heldBack = heldBackWords(failure);
  if (heldBack) return heldBack;
  if (delivery?.state === "REFUSED") return "Could not be sent";
  return failure?.code === GIVEN_UP ? "Given up: nothing came of it" : "Refused by the supplier's platform";
}

/** What became of a payment that is made anew, after "that was". */
export function endWords({ status, failure }: Pick<Payment, "status" | "failure">): string {
  if (status === "REJECTED") return "rejected";
  if (failure?.code === DECLINED) return "not approved";
  return failure?.code === WITHDRAWN ? "taken back" : "lost";
}

interface FailedPayment extends Pick<Payment, "failure"> {
  delivery: Pick<Delivery, "state"> | null;
}

/** The buyer's side has another answer to the payment than the one that it refused. */
const HAS_ANOTHER_ANSWER: readonly string[] = ["ALREADY_ANSWERED", "DUPLICATE_CONFLICT"];

/** Why a payment failed, in the other platform's words, where it gave any. */
export const reasonWords = (failure: Payment["failure"]): string =>
  failure?.detail || "The supplier's platform gave no reason.";

/** Why the buyer's side did not take the supplier's answer, and what would be taken (docs/decisions/021). */
export function answerRefusedWords(failure: Pick<NonNullable<Payment["failure"]>, "code" | "detail">): string {
  if (HAS_ANOTHER_ANSWER.includes(failure.code))
    return "The buyer's side has another answer of yours to this payment. Only that one, given again with the same remarks, settles it: Activity shows what was answered before.";
  return failure.detail || "No reason was given.";
}

/**
 * "3 days": how long a payment has waited for the supplier, whichever side looks at it; null for less than a day, and where something
 * else holds it up.
 */
export function waitedWords({
  side,
  status,
  undelivered,
  daysWaiting,
}: Pick<Payment, "side" | "status" | "undelivered" | "daysWaiting">): string | null {
  // What can't be delivered waits for whoever sends it again: the supplier doesn't know of it.
  if (!daysWaiting || undelivered) return null;
  // An answer on its way has waited since it was given, and not since the payment came.
  if (side === "incoming" && status !== "AWAITING_CONFIRMATION") return null;
  return daysWaiting === 1 ? "1 day" : `${daysWaiting} days`;
}

type Waiting = Pick<
  Payment,
  | "side"
  | "status"
  | "type"
  | "mode"
  | "utr"
  | "counterparty"
  | "totalPaise"
  | "invoiceCount"
  | "createdAt"
  | "approved"
  | "respondedAt"
  | "daysWaiting"
>;

/**
 * What to read of a payment whose other side has been silent for a day or longer, after our message got through: since when, whom to ask
 * and by what, and what stays as it is until then. Null before that.
 * @param now for an answer, whose days the payment doesn't count
 */
export function silenceWords(payment: Waiting, now = portalNow()): string[] | null {
  const { side, status, type, counterparty, mode, utr } = payment;
  const name = counterparty.name;
  const on = (instant: string) => formatDate(new Date(instant));
  const quoted = `${referenceWords(mode).word} ${utr}`;
  const orOperator = "or ask whoever runs this portal, and quote the reference for support below";
  if (side === "incoming") {
    const since = payment.respondedAt;
    if (status !== "CONFIRMING" || !since || toIstDay(new Date(since)) === toIstDay(now)) return null;
    return [
      `Bharat Connect has your answer of ${on(since)}. Ask ${name} whether they have it, and quote ${quoted}; ${orOperator}.`,
      `Until they do, nothing is settled: ${heldWords(payment)} stays as it is.`,
    ];
  }
  if (!payment.daysWaiting) return null;
  const held = `Until then ${heldWords(payment)} stays on its way, and can't be paid again.`;
  const since = on(payment.approved?.at ?? payment.createdAt);
  if (status === "SENDING")
    return [
      `Bharat Connect was told on ${since}. Ask ${name} whether it has reached them, and quote ${quoted}; ${orOperator}.`,
      held,
    ];
  if (status !== "AWAITING_CONFIRMATION") return null;
  const turn = type === "ONPLATFORM" ? "has still to confirm it" : "has still to say whether the money has come";
  return [`${name} was told on ${since}, and ${turn}. Only they can: ask them, and quote ${quoted}.`, held];
}

/** "₹1,500.00 of the 2 bills below". */
function heldWords({ side, totalPaise, invoiceCount }: Pick<Payment, "side" | "totalPaise" | "invoiceCount">): string {
  const noun = side === "outgoing" ? "bill" : "invoice";
  const which = invoiceCount === 1 ? `the ${noun} below` : `the ${invoiceCount} ${noun}s below`;
  return `${formatRupees(paise(totalPaise))} of ${which}`;
}

/**
 * What whoever made a payment can do about a slip in it: a wrong reference, amount or supplier. Null where the page says it otherwise
 * (not delivered, failed, rejected), and on the supplier's side.
 */
export function correctionWords({
  side,
  status,
  type,
  undelivered,
  counterparty: { name },
}: Pick<Payment, "side" | "status" | "type" | "undelivered" | "counterparty">): string | null {
  if (side === "incoming" || status === "AWAITING_APPROVAL" || undelivered || isVoid({ status })) return null;
  const agree = "Agree with them how it is put right, by a credit note or by money that goes back.";
  if (status === "ACCEPTED")
    return `Is something wrong in it? ${name} has accepted it, so it can't be changed any more. ${agree}`;
  if (type === "ONPLATFORM")
    return `Is something wrong in it? It can't be changed, and ${name} can only accept it. ${agree}`;
  return `Is something wrong in it? It can't be changed here, but ${name} can reject it: ask them to. Then you correct it on this page, and tell them anew.`;
}

/** What the last attempt at a message met, and when the next one is; null while nothing is wrong. */
export function holdUpWords(
  delivery: Pick<Delivery, "lastError" | "nextAttemptAt"> | null | undefined,
  now = portalNow(),
): string | null {
  if (!delivery?.lastError) return null;
  if (delivery.nextAttemptAt === null) return delivery.lastError;
  const next = new Date(delivery.nextAttemptAt);
  const time = toIstDay(next) === toIstDay(now) ? formatTime(next) : formatDateTime(next);
  return `${delivery.lastError} Trying again ${time}.`;
}
