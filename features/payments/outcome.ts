import type { ApproveOutcome } from "@/features/payments/mutations/approve";
import type { DeclineOutcome } from "@/features/payments/mutations/decline";
import type { GiveUpOutcome } from "@/features/payments/mutations/give-up";
import type { SendAgainOutcome } from "@/features/payments/mutations/send-again";
import { LONG_WAIT_DAYS } from "@/features/payments/rules";
import { AppError, notFound } from "@/lib/errors";

/** @throws AppError NOT_FOUND; CONFLICT when nothing is on its way any more. */
export function assertSentAgain(outcome: SendAgainOutcome): void {
  if (outcome === "not-found") throw notFound("payment");
  if (outcome === "nothing-to-send")
    throw new AppError(
      "CONFLICT",
      "There is nothing to send again: the other side has answered, or refused the message.",
    );
}

const NOT_WAITING = "This payment does not wait for approval any more: see what has become of it.";

/** @throws AppError NOT_FOUND; FORBIDDEN for who made it; CONFLICT once it doesn't wait for approval. */
export function assertApproved(outcome: ApproveOutcome): void {
  if (outcome === "not-found") throw notFound("payment");
  if (outcome === "not-waiting") throw new AppError("CONFLICT", NOT_WAITING);
  if (outcome === "own") throw new AppError("FORBIDDEN", "You made this payment, so somebody else has to approve it.");
}

/** @throws AppError NOT_FOUND; INVALID without remarks; FORBIDDEN for another's software; CONFLICT once it doesn't wait for approval. */
export function assertDeclined(outcome: DeclineOutcome): void {
  if (outcome === "not-found") throw notFound("payment");
  if (outcome === "not-waiting") throw new AppError("CONFLICT", NOT_WAITING);
  if (outcome === "not-by-software")
    throw new AppError("FORBIDDEN", "An API key may take back only a payment that it made itself.");
  if (outcome === "no-remarks") {
    const message = "Write why; who made the payment will read it.";
    throw new AppError("INVALID", message, [{ path: "remarks", message, code: "TOO_SMALL" }]);
  }
}

/** @throws AppError NOT_FOUND; CONFLICT while it can still be delivered, or when the other side has answered. */
export function assertGivenUp(outcome: GiveUpOutcome): void {
  if (outcome === "not-found") throw notFound("payment");
  if (outcome === "nothing-to-give-up")
    throw new AppError(
      "CONFLICT",
      `There is nothing to give up: it is on its way, or the other side has answered, or it was given up before. What Bharat Connect has taken can be given up after ${LONG_WAIT_DAYS} days without a word.`,
    );
}
