import { PaymentStatus } from "@/lib/generated/prisma/enums";
import { type Paise, ZERO } from "@/lib/money";

/**
 * From each status, the statuses it may go to (docs/protocol.md, "The life of a payment"). Guards are generated from it by `sourcesOf`.
 *
 * FAILED is not the end: the network promises no order, so the supplier's own ACCEPT or REJECT may come after a FAILURE that it
 * overtook on the other side. What the supplier says about the money stands in either order (docs/decisions/004).
 */
export const TRANSITIONS = {
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

/** Statuses in which a payment's amounts are held as `pending` on its invoices. */
export const CLAIMING: readonly PaymentStatus[] = ["SENDING", "AWAITING_CONFIRMATION", "CONFIRMING"];

/** What a status holds of an invoice, in paise. */
export function holding(status: PaymentStatus, total: Paise): { paid: Paise; pending: Paise } {
  if (status === "ACCEPTED") return { paid: total, pending: ZERO };
  return { paid: ZERO, pending: CLAIMING.includes(status) ? total : ZERO };
}
