import { SHORT_STATUS } from "@/components/payments/status-words";
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

interface PaymentStatusBadgeProps {
  payment: Pick<Payment, "status" | "statusWords" | "side">;
  /** In few words, for a list. */
  short?: boolean;
}

/** A payment's status as a badge, in the words of the side that looks at it. */
export function PaymentStatusBadge({ payment, short = false }: PaymentStatusBadgeProps) {
  const few: Partial<Record<Payment["status"], string>> = SHORT_STATUS[payment.side];
  return <Badge tone={TONES[payment.status]}>{(short && few[payment.status]) || payment.statusWords}</Badge>;
}
