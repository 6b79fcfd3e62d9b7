import { type MessageState, PaymentStatus } from "@/lib/generated/prisma/enums";
import { type Paise, ZERO } from "@/lib/money";
import { daysSince, toIstDay } from "@/lib/time";

/**
 * From each status, the statuses it may go to (docs/protocol.md, "The life of a payment"). Guards are generated from it by `sourcesOf`.
 *
 * FAILED is not the end: the network promises no order, so the supplier's own ACCEPT or REJECT may come after a FAILURE that it
 * overtook on the other side. What the supplier says about the money stands in either order (docs/decisions/004). Nobody outside knows
 * of a payment that was not approved (`wasTold`).
 */
export const TRANSITIONS = {
  AWAITING_APPROVAL: ["SENDING", "FAILED"],
  SENDING: ["AWAITING_CONFIRMATION", "ACCEPTED", "REJECTED", "FAILED"],
  AWAITING_CONFIRMATION: ["CONFIRMING", "ACCEPTED", "REJECTED"],
  CONFIRMING: ["AWAITING_CONFIRMATION", "ACCEPTED", "REJECTED"],
  ACCEPTED: [],
  REJECTED: [],
  FAILED: ["AWAITING_CONFIRMATION", "ACCEPTED", "REJECTED"],
} as const satisfies Record<PaymentStatus, readonly PaymentStatus[]>;

/** The statuses from which a payment may go to `to`: the guard of every status write. */
export function sourcesOf(to: PaymentStatus): PaymentStatus[] {
  return Object.values(PaymentStatus).filter((from) => (TRANSITIONS[from] as readonly PaymentStatus[]).includes(to));
}

/** The failure code of a payment that a person gave up: not one of the network's, so not in docs/errors.md. */
export const GIVEN_UP = "GIVEN_UP";

/** The failure codes of a payment that was never told to its supplier: a second person said no, or who made it thought better of it. */
export const DECLINED = "DECLINED";
export const WITHDRAWN = "WITHDRAWN";

/** Whether the supplier's platform can know of a payment that its buyer made: not before its approval, and never without one. */
export function wasTold({ status, failureCode }: { status: PaymentStatus; failureCode: string | null }): boolean {
  if (status === "FAILED") return failureCode !== DECLINED && failureCode !== WITHDRAWN;
  return status !== "AWAITING_APPROVAL";
}

/**
 * Whether a payment waits for a second person before its supplier is told (docs/decisions/040).
 * @param approvalFrom from how many paise on the business asks for it; null when it doesn't
 * @param total what the payment settles, in paise
 */
export const needsApproval = (approvalFrom: bigint | number | null, total: Paise): boolean =>
  approvalFrom !== null && BigInt(total) >= BigInt(approvalFrom);

/** From this many days on it is unusual for a payment to wait. */
export const LONG_WAIT_DAYS = 7;

/**
 * Whether a person may give up our last message about a payment, on which the other side's word is still out: when no attempt will be
 * made any more, or when the network has it and for LONG_WAIT_DAYS nothing has come of it (docs/decisions/036).
 * @param since when the payment was made, or answered
 */
export function mayGiveUp(state: MessageState, since: Date, now: Date): boolean {
  if (state === "DELIVERED") return daysSince(since, toIstDay(now)) >= LONG_WAIT_DAYS;
  return state === "STOPPED" || state === "GAVE_UP";
}

/** How far ahead of ours the clock of whoever pays may be, in milliseconds. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * Whether a business says that it has paid at a time that is still to come: a slip of a hand or a program, or a payment that isn't made
 * yet. What another platform tells of its buyer's payment isn't asked: the money has moved, and its supplier has to see it.
 */
export const isStillToCome = (paidAt: Date, now: Date): boolean =>
  paidAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS;

/** Statuses in which a payment's amounts are held as `pending` on its invoices. */
export const CLAIMING: readonly PaymentStatus[] = [
  "AWAITING_APPROVAL",
  "SENDING",
  "AWAITING_CONFIRMATION",
  "CONFIRMING",
];

/** What a status holds of an invoice, in paise. */
export function holding(status: PaymentStatus, total: Paise): { paid: Paise; pending: Paise } {
  if (status === "ACCEPTED") return { paid: total, pending: ZERO };
  return { paid: ZERO, pending: CLAIMING.includes(status) ? total : ZERO };
}
