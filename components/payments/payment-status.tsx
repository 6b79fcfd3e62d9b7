import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { Payment } from "@/features/payments/api";

const TONES: Record<Payment["status"], Tone> = {
  SENDING: "info",
  AWAITING_CONFIRMATION: "info",
  CONFIRMING: "info",
  ACCEPTED: "success",
  REJECTED: "danger",
  FAILED: "danger",
};

/** A payment's status as a badge, in the words of the side that looks at it. */
export function PaymentStatusBadge({ payment }: { payment: Pick<Payment, "status" | "statusWords"> }) {
  return <Badge tone={TONES[payment.status]}>{payment.statusWords}</Badge>;
}
