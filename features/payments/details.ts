import type { PaymentDetail } from "@/features/payments/api";
import { newDetails, type PayDetailValues, type PayValues } from "@/features/payments/form";
import { toIstDay, toIstTime } from "@/lib/time";

type DetailsFrom = Pick<PaymentDetail, "type" | "mode" | "utr" | "paidAt">;

/** The money of a payment that failed or was rejected. */
export function detailsOf({ type, mode, utr, paidAt }: DetailsFrom) {
  const at = new Date(paidAt);
  return { type, mode, utr, paidDay: toIstDay(at), paidTime: toIstTime(at) } satisfies PayDetailValues;
}

/**
 * Whether day and time are still those that the form began with, and that day is over: of a form that stood open overnight nobody has
 * said that it was paid then.
 * @param today in India: 2026-11-20
 */
export function isFilledInBefore(
  { paidDay, paidTime }: Pick<PayDetailValues, "paidDay" | "paidTime">,
  openedAt: Date,
  today: string,
): boolean {
  const opened = newDetails(openedAt);
  return paidDay === opened.paidDay && paidTime === opened.paidTime && paidDay < today;
}

const DETAILS = ["type", "mode", "utr", "paidDay", "paidTime"] as const satisfies (keyof PayDetailValues)[];

/** The details that the answer to "is it the same money?" fills in by itself; nothing is known before it is given. */
function filledIn(money: PayValues["money"], payment: DetailsFrom, openedAt: Date): PayDetailValues {
  return money === "same" ? detailsOf(payment) : newDetails(openedAt);
}

/**
 * The details when "is it the same money?" is answered, or answered otherwise: what somebody typed stays, and what was only filled in
 * gives way.
 * @param openedAt when the form was opened, which is what it began with
 * @param typed what is known to be typed, also where it says what would have been filled in
 */
export function detailsAfter(now: PayDetailValues, answer: DetailsAnswer): PayDetailValues {
  const { payment, openedAt, typed } = answer;
  const [was, is] = [filledIn(answer.before, payment, openedAt), filledIn(answer.after, payment, openedAt)];
  const kept = DETAILS.filter((field) => typed[field] || now[field] !== was[field]);
  return { ...is, ...Object.fromEntries(kept.map((field) => [field, now[field]])) };
}

interface DetailsAnswer {
  payment: DetailsFrom;
  openedAt: Date;
  before: PayValues["money"];
  after: PayValues["money"];
  typed: Partial<Record<keyof PayDetailValues, boolean>>;
}
