import type { SendAgainOutcome } from "@/features/payments/mutations/send-again";
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
