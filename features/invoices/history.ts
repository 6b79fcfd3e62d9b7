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

type Content = Record<string, unknown>;

const LABELS: Record<string, string> = {
  supplierInvoiceNumber: "number",
  description: "description",
  issueDate: "invoice date",
  dueDate: "due date",
  totalPaise: "amount",
};

function shown(field: string, value: unknown): string {
  if (field === "totalPaise" && typeof value === "number") return formatRupees(paise(value));
  if (field.endsWith("Date") && typeof value === "string") return formatDay(value);
  return value === "" || value === undefined ? "nothing" : `“${String(value)}”`;
}

function changes(before: Content, after: Content): string {
  const changed = Object.keys(LABELS).filter((field) => field in after && before[field] !== after[field]);
  return changed
    .map((field) => `${LABELS[field]} from ${shown(field, before[field])} to ${shown(field, after[field])}`)
    .join(", ");
}

function parse(text: string | null): Content {
  return text === null ? {} : (JSON.parse(text) as Content);
}

/** What a line of the audit trail says to people; `party` is the other business's name. */
export function historyWords(event: InvoiceEvent, party: string): string {
  const before = parse(event.before);
  const after = parse(event.after);
  const what = changes(before, after);
  switch (event.action) {
    case "invoice.created":
      return "Written down here";
    case "invoice.received":
      return `Came from ${party}`;
    case "invoice.edited":
      return what ? `Changed: ${what}` : "Saved without a change";
    case "invoice.changed-by-party":
      return what ? `${party} changed: ${what}` : `${party} saved it again`;
    case "invoice.adopted":
      return `${party} raised the same bill, and theirs took this one's place${what ? `: ${what}` : ""}`;
    case "invoice.cancelled":
      return "Cancelled";
    case "invoice.cancelled-by-party":
      return `Cancelled by ${party}`;
    case "invoice.share-given-up":
      return `Not shared with ${party}: ${String(after.reason ?? "their books don't allow it")}`;
    default:
      return "Changed";
  }
}
