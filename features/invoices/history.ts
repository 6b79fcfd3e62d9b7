import { formatRupees, paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

/** One line of the audit trail about an invoice. */
export interface InvoiceEvent {
  at: Date;
  actorName: string;
  action: string;
  before: string | null;
  after: string | null;
}

/** What was or is, as an event of the audit trail sealed it. */
export type SealedContent = Readonly<Record<string, unknown>>;

const LABELS: Record<string, string> = {
  supplierInvoiceNumber: "number",
  description: "description",
  issueDate: "invoice date",
  dueDate: "due date",
  totalPaise: "amount",
};

/** What a field says, in words. */
export function fieldWords(field: string, value: unknown): string {
  if (field === "totalPaise" && typeof value === "number") return formatRupees(paise(value));
  if (field.endsWith("Date") && typeof value === "string") return formatDay(value);
  return value === "" || value === undefined ? "nothing" : `“${String(value)}”`;
}

/** "amount from ₹100.00 to ₹90.00, due date from …": empty when nothing that people see has changed. */
export function invoiceChanges(before: SealedContent, after: SealedContent): string {
  const changed = Object.keys(LABELS).filter((field) => field in after && before[field] !== after[field]);
  return changed
    .map((field) => `${LABELS[field]} from ${fieldWords(field, before[field])} to ${fieldWords(field, after[field])}`)
    .join(", ");
}

/** Of an invoice that is older here than its other party: that money on it has no payment in these books. */
function paidBefore({ paidPaise }: SealedContent): string {
  return typeof paidPaise === "number" ? `. ${formatRupees(paise(paidPaise))} of it was paid before, elsewhere` : "";
}

/** The text of an event's `before` or `after`; empty for none. */
export function sealedContent(text: string | null): SealedContent {
  return text === null ? {} : (JSON.parse(text) as SealedContent);
}

/** What a line of the audit trail says to people; `party` is the other business's name. */
export function historyWords(event: InvoiceEvent, party: string): string {
  const before = sealedContent(event.before);
  const after = sealedContent(event.after);
  const what = invoiceChanges(before, after);
  switch (event.action) {
    case "invoice.created":
      return event.before
        ? `Written down here, in place of what ${party} had written${what && `: ${what}`}`
        : "Written down here";
    case "invoice.received":
      return `Came from ${party}${paidBefore(after)}`;
    case "invoice.edited":
      return what ? `Changed: ${what}` : "Saved without a change";
    case "invoice.changed-by-party":
      return what ? `${party} changed: ${what}` : `${party} saved it again`;
    case "invoice.adopted":
      return `${party} raised the same bill, and theirs took this one's place${what ? `: ${what}` : ""}${paidBefore(after)}`;
    case "invoice.returned":
      return `Returned: “${String(after.remarks)}”`;
    case "invoice.rejected":
      return `Rejected: “${String(after.remarks)}”`;
    case "invoice.put-back":
      return `Put back: it is no longer ${before.status === "REJECTED" ? "rejected" : "returned"}`;
    case "invoice.returned-by-party":
      return `${party} returned it: “${String(after.remarks)}”`;
    case "invoice.rejected-by-party":
      return `${party} rejected it: “${String(after.remarks)}”`;
    case "invoice.put-back-by-party":
      return `${party} put it back: it is no longer ${before.status === "REJECTED" ? "rejected" : "returned"}`;
    case "invoice.cancelled":
      return "Cancelled";
    case "invoice.cancelled-by-party":
      return after.replacedBy ? `Cancelled: ${party} raised the same bill, and theirs stands` : `Cancelled by ${party}`;
    case "invoice.share-given-up":
      return `Not shared with ${party}: ${String(after.reason ?? "their books don't allow it")}`;
    default:
      return "Changed";
  }
}
