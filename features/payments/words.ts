import type { Delivery, Payment } from "@/features/payments/api";
import { formatDateTime, formatTime, toIstDay } from "@/lib/time";

type Status = Payment["status"];

const ENDED = { ACCEPTED: "Accepted", REJECTED: "Rejected", FAILED: "Failed" } as const;

/** Each status that a side knows, in the one word or two that it has everywhere: lists, pages, filters and exports. */
export const PAYMENT_STATUS_WORDS = {
  outgoing: { SENDING: "Being sent", AWAITING_CONFIRMATION: "Waiting for supplier", ...ENDED },
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

/** A payment's status in people's words, as its side sees it. */
export function paymentStatusWords(side: Payment["side"], status: Status): string {
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

/**
 * Who stopped a payment that failed: the network, which would not take its message, or the supplier's platform, which got it and said
 * no. Both say that it "failed", and it is another one who has to mend it.
 */
export const failureWords = (sent: { delivery: Pick<Delivery, "state"> | null }) =>
  sent.delivery?.state === "REFUSED" ? "Could not be sent" : "Refused by the supplier's platform";

/** The buyer's side has another answer to the payment than the one that it refused. */
const HAS_ANOTHER_ANSWER: readonly string[] = ["ALREADY_ANSWERED", "DUPLICATE_CONFLICT"];

/** Why the buyer's side did not take the supplier's answer, and what would be taken (docs/decisions/021). */
export function answerRefusedWords(failure: NonNullable<Payment["failure"]>): string {
  if (HAS_ANOTHER_ANSWER.includes(failure.code))
    return "The buyer's side has another answer of yours to this payment. Only that one, given again with the same remarks, settles it: Activity shows what was answered before.";
  return failure.detail || "No reason was given.";
}

/** What the last attempt at a message met, and when the next one is; null while nothing is wrong. */
export function holdUpWords(
  delivery: Pick<Delivery, "lastError" | "nextAttemptAt"> | null | undefined,
  now = new Date(),
): string | null {
  if (!delivery?.lastError) return null;
  if (delivery.nextAttemptAt === null) return delivery.lastError;
  const next = new Date(delivery.nextAttemptAt);
  const time = toIstDay(next) === toIstDay(now) ? formatTime(next) : formatDateTime(next);
  return `${delivery.lastError} Trying again ${time}.`;
}
