import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { Payment } from "@/features/payments/api";

const TONES: Record<Payment["status"], Tone> = {
  AWAITING_APPROVAL: "warning",
  SENDING: "info",
  AWAITING_CONFIRMATION: "info",
  CONFIRMING: "info",
  ACCEPTED: "success",
  REJECTED: "danger",
  FAILED: "danger",
};

type Shown = Pick<Payment, "status" | "statusWords" | "undelivered">;

/** A payment's status as a badge, in the words of the side that looks at it. */
export function PaymentStatusBadge({ payment: { status, statusWords, undelivered } }: { payment: Shown }) {
  return <Badge tone={undelivered ? "danger" : TONES[status]}>{statusWords}</Badge>;
}
