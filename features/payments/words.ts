import type { Payment } from "@/features/payments/api";

type Status = Payment["status"];

const OUTGOING: Record<Status, string> = {
  SENDING: "On its way to the supplier",
  AWAITING_CONFIRMATION: "Waiting for the supplier to confirm",
  CONFIRMING: "Waiting for the supplier to confirm",
  ACCEPTED: "Confirmed by the supplier",
  REJECTED: "Rejected by the supplier",
  FAILED: "Failed: the supplier did not get it",
};

const INCOMING: Record<Status, string> = {
  SENDING: "On its way",
  AWAITING_CONFIRMATION: "Waiting for your answer",
  CONFIRMING: "Answered, on the way to the buyer",
  ACCEPTED: "Accepted",
  REJECTED: "Rejected",
  FAILED: "Failed",
};

/** A payment's status in people's words, as its side sees it. */
export function paymentStatusWords(side: Payment["side"], status: Status): string {
  return (side === "outgoing" ? OUTGOING : INCOMING)[status];
}
