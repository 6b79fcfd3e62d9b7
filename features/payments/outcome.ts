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

/** @throws AppError NOT_FOUND; CONFLICT while it can still be delivered, or when the other side has answered. */
export function assertGivenUp(outcome: GiveUpOutcome): void {
  if (outcome === "not-found") throw notFound("payment");
  if (outcome === "nothing-to-give-up")
    throw new AppError(
      "CONFLICT",
      `There is nothing to give up: it is on its way, or the other side has answered, or it was given up before. What Bharat Connect has taken can be given up after ${LONG_WAIT_DAYS} days without a word.`,
    );
}
