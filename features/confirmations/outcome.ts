import type { AnswerOutcome } from "@/features/confirmations/mutations/answer";
import { AppError, notFound } from "@/lib/errors";
import { formatDateTime } from "@/lib/time";

/**
 * An answer that was not taken, as an error for people.
 * @throws AppError NOT_FOUND; INVALID (path `response`) for a REJECT of an on-platform payment; CONFLICT with who answered, when and what.
 */
export function assertAnswered(outcome: AnswerOutcome): void {
  switch (outcome.kind) {
    case "not-found":
      throw notFound("payment");
    case "reject-not-allowed": {
      const message = "A payment made on the platform can't be rejected.";
      throw new AppError("INVALID", message, [{ path: "response", message, code: "REJECT_NOT_ALLOWED" }]);
    }
    case "already-answered": {
      const { response, remarks, respondedBy, respondedAt } = outcome;
      const did = response === "ACCEPT" ? "accepted" : "rejected";
      const message = `${respondedBy} ${did} it on ${formatDateTime(respondedAt)}: “${remarks}”`;
      throw new AppError("CONFLICT", message, [{ path: "response", message, code: "ALREADY_ANSWERED" }]);
    }
  }
}
