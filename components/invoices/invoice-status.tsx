import { useToday } from "@/components/today";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { Invoice } from "@/features/invoices/api";
import { PAYMENT_STATUS_WORDS } from "@/features/payments/words";
import { INVOICE_STATUS_LABELS } from "@/features/protocol/status-words";

const TONES: Record<Invoice["status"], Tone> = {
  CREATED: "neutral",
  ACCEPTED: "neutral",
  RETURNED: "warning",
  REJECTED: "danger",
  CANCELLED: "neutral",
  PAYMENT_INITIATED: "info",
  PART_PAID: "warning",
  PAID: "success",
};

interface InvoiceStatusBadgeProps {
  invoice: Pick<Invoice, "side" | "status">;
  /** All that is pending on it waits for a second person here, and not for its supplier. */
  toApprove?: boolean;
}

/** An invoice's status as a badge, in the words of the side that looks at it. */
export function InvoiceStatusBadge({ invoice, toApprove = false }: InvoiceStatusBadgeProps) {
  if (toApprove) return <Badge tone="warning">{PAYMENT_STATUS_WORDS.outgoing.AWAITING_APPROVAL}</Badge>;
  return <Badge tone={TONES[invoice.status]}>{INVOICE_STATUS_LABELS[invoice.side][invoice.status]}</Badge>;
}

/** "12 days overdue", "due today": beside the due date while money is owed. */
export function DueWords({ invoice }: { invoice: Invoice }) {
  const today = useToday();
  if (invoice.duePaise === 0) return null;
  if (invoice.overdue) {
    const days = invoice.daysOverdue;
    return (
      <span className="whitespace-nowrap font-medium text-danger-ink">{`${days} ${days === 1 ? "day" : "days"} overdue`}</span>
    );
  }
  return invoice.dueDate === today ? (
    <span className="whitespace-nowrap font-medium text-warning-ink">due today</span>
  ) : null;
}
