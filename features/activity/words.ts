import { detailsChangeWords } from "@/features/businesses/details";
import { partyChangeWords } from "@/features/counterparties/words";
import { invoiceChanges, type SealedContent } from "@/features/invoices/history";
import { referenceWords } from "@/features/payments/reference";
import { answerRefusedWords } from "@/features/payments/words";
import { formatRupees, type Paise, paise } from "@/lib/money";

/** What an event of the audit trail is about, as its table has it now. */
export type EventSubject =
  | { kind: "payment"; side: "outgoing" | "incoming"; party: string; amount: Paise }
  | { kind: "invoice"; side: "payable" | "receivable"; party: string; number: string }
  /** A person, a key, the business: the event itself says all there is to say. */
  | { kind: "other" };

export interface AuditedEvent {
  action: string;
  before: SealedContent;
  after: SealedContent;
  subject: EventSubject;
}

export interface EventWords {
  words: string;
  detail: string | null;
}

const ROLES: Record<string, string> = { OWNER: "owner", FINANCE: "finance", VIEWER: "viewer" };
const role = (value: unknown) => ROLES[String(value)] ?? String(value);
const quoted = (text: unknown) => (typeof text === "string" && text !== "" ? `“${text}”` : null);
/** Why the last message about a payment was refused, as an event of it has that. */
const failureIn = ({ failureCode, failureDetail }: SealedContent) => ({
  code: plain(failureCode) ?? "",
  detail: plain(failureDetail) ?? "",
});
/** "UTR HDFCN52026111804", "Cheque number 004417". */
function referenceIn({ utr, mode }: SealedContent): string | null {
  const { word } = referenceWords(String(mode));
  return plain(utr) && `${word.charAt(0).toUpperCase()}${word.slice(1)} ${String(utr)}`;
}
const plain = (text: unknown) => (typeof text === "string" && text !== "" ? text : null);

function paymentWords({ action, after, subject }: AuditedEvent & { subject: { kind: "payment" } }): EventWords {
  const { side, party } = subject;
  const amount = formatRupees(subject.amount);
  const paid = side === "outgoing" ? `${amount} to ${party}` : `${amount} from ${party}`;
  const remarks = quoted(after.supplierRemarks);
  switch (action) {
    case "payment.created":
      return after.status === "AWAITING_APPROVAL"
        ? { words: `Asked for approval of the payment of ${paid}`, detail: referenceIn(after) }
        : { words: `Paid ${paid}`, detail: referenceIn(after) };
    case "payment.approved":
      return { words: `Approved the payment of ${paid}`, detail: null };
    case "payment.declined":
      return { words: `Did not approve the payment of ${paid}`, detail: quoted(after.failureDetail) };
    case "payment.withdrawn":
      return { words: `Took back the payment of ${paid} before it was approved`, detail: quoted(after.failureDetail) };
    case "payment.delivered":
      return { words: `The payment of ${paid} reached the supplier's platform`, detail: null };
    case "payment.failed":
      return { words: `The payment of ${paid} failed`, detail: plain(after.failureDetail) };
    case "payment.given-up":
      return { words: `Gave up the payment of ${paid}`, detail: plain(after.failureDetail) };
    case "payment.received":
      return { words: `${party} paid ${amount}`, detail: referenceIn(after) };
    case "payment.accept-given":
      return { words: `Accepted ${paid}`, detail: remarks };
    case "payment.reject-given":
      return { words: `Rejected ${paid}`, detail: remarks };
    case "payment.accepted":
      return side === "outgoing"
        ? { words: `${party} accepted ${amount}`, detail: remarks }
        : {
            words: `${party} has the answer: ${amount} accepted`,
            detail: remarks && `An earlier answer counts: ${remarks}`,
          };
    case "payment.rejected":
      return side === "outgoing"
        ? { words: `${party} rejected ${amount}`, detail: remarks }
        : {
            words: `${party} has the answer: ${amount} rejected`,
            detail: remarks && `An earlier answer counts: ${remarks}`,
          };
    case "payment.answer-refused":
      return {
        words: `${party}'s side did not take the answer about ${amount}`,
        detail: answerRefusedWords(failureIn(after)),
      };
    case "payment.answer-taken-back":
      return { words: `Took the answer about ${paid} back`, detail: "Nothing had come of it" };
    case "payment.outcome-came-late":
      return after.status === "FAILED" && after.result === "SUCCESS"
        ? {
            words: `The supplier's platform has the payment of ${paid} all the same`,
            detail: "It stays failed: what it was for could not take it then",
          }
        : { words: `A late message about ${paid} changed nothing`, detail: null };
    case "payment.sent-again":
      return {
        words: `Sent ${side === "outgoing" ? "the payment of" : "the answer about"} ${paid} again`,
        detail: null,
      };
    default:
      return { words: `Something changed about the payment of ${paid}`, detail: null };
  }
}

function invoiceWords({ action, before, after, subject }: AuditedEvent & { subject: { kind: "invoice" } }): EventWords {
  const { party, number } = subject;
  const isBill = subject.side === "payable";
  const it = isBill ? `bill ${number} of ${party}` : `invoice ${number} to ${party}`;
  const changed = invoiceChanges(before, after) || null;
  const amount = typeof after.totalPaise === "number" ? formatRupees(paise(after.totalPaise)) : null;
  switch (action) {
    case "invoice.created":
      return { words: isBill ? `Wrote down ${it}` : `Raised ${it}`, detail: amount };
    case "invoice.received":
      return {
        words: isBill ? `${party} raised bill ${number}` : `${party} wrote down invoice ${number} as a bill of yours`,
        detail: amount,
      };
    case "invoice.edited":
      return { words: `Changed ${it}`, detail: changed ?? "Saved without a change" };
    case "invoice.changed-by-party":
      return { words: `${party} changed ${isBill ? "bill" : "invoice"} ${number}`, detail: changed };
    case "invoice.adopted":
      return { words: `${party} raised bill ${number} too, and theirs took this one's place`, detail: changed };
    case "invoice.returned":
      return { words: `Returned ${it}`, detail: quoted(after.remarks) };
    case "invoice.rejected":
      return { words: `Rejected ${it}`, detail: quoted(after.remarks) };
    case "invoice.put-back":
      return { words: `Put back ${it}`, detail: null };
    case "invoice.returned-by-party":
      return { words: `${party} returned ${isBill ? "bill" : "invoice"} ${number}`, detail: quoted(after.remarks) };
    case "invoice.rejected-by-party":
      return { words: `${party} rejected ${isBill ? "bill" : "invoice"} ${number}`, detail: quoted(after.remarks) };
    case "invoice.put-back-by-party":
      return { words: `${party} put back ${isBill ? "bill" : "invoice"} ${number}`, detail: null };
    case "invoice.cancelled":
      return { words: `Cancelled ${it}`, detail: null };
    case "invoice.cancelled-by-party":
      return { words: `${party} cancelled ${isBill ? "bill" : "invoice"} ${number}`, detail: null };
    case "invoice.share-given-up":
      return { words: `Could not share ${it}`, detail: plain(after.reason) };
    default:
      return { words: `Something changed about ${it}`, detail: null };
  }
}

function accessWords({ action, before, after }: AuditedEvent): EventWords {
  switch (action) {
    case "member.added":
      return { words: `Added ${String(after.email)} as ${role(after.role)}`, detail: null };
    case "member.invited":
      return { words: `Invited ${String(after.email)} as ${role(after.role)}`, detail: null };
    case "member.invitation-withdrawn":
      return {
        words: `Took the invitation of ${String(before.email)} back`,
        detail: plain(after.sentBy) && `${String(after.sentBy)} had sent it, who is an owner no longer`,
      };
    case "member.joined":
      return { words: `Joined as ${role(after.role)}`, detail: `Invited by ${String(after.invitedBy)}` };
    case "member.password-reset":
      return {
        words: `Gave ${String(after.email)} a new first password`,
        detail: after.secondFactorRemoved ? "And took their two-step sign-in away" : null,
      };
    case "member.second-factor-reset":
      return { words: `Took the two-step sign-in and passkeys of ${String(after.email)} away`, detail: null };
    case "member.signed-out":
      return { words: `Signed ${String(after.email)} out everywhere`, detail: null };
    case "member.role-changed":
      return { words: `Changed ${String(after.email)} from ${role(before.role)} to ${role(after.role)}`, detail: null };
    case "member.removed":
      return { words: `Removed ${String(before.email)}, who was ${role(before.role)}`, detail: null };
    case "api-key.created":
      return { words: `Made the API key “${String(after.name)}”`, detail: null };
    case "api-key.revoked":
      return { words: `Revoked the API key “${String(before.name)}”`, detail: null };
    case "counterparty.changed":
      return partyChangeWords(before, after);
    case "business.created":
      return { words: "Brought the business onto the portal", detail: null };
    case "business.changed":
      return { words: "Corrected what the business says of itself", detail: detailsChangeWords(before, after) };
    case "business.second-factor-changed":
      return {
        words: after.requireSecondFactor
          ? "Asked everyone for two-step sign-in"
          : "Stopped asking everyone for two-step sign-in",
        detail: null,
      };
    case "business.approval-changed":
      return { words: approvalRuleWords(after.approvalFromPaise), detail: null };
    default:
      return { words: "Something changed", detail: null };
  }
}

function approvalRuleWords(from: unknown): string {
  if (typeof from !== "number") return "Stopped asking for a second person's approval of payments";
  return from === 0
    ? "Asked for a second person's approval of every payment"
    : `Asked for a second person's approval of payments of ${formatRupees(paise(from))} and more`;
}

/** What an event says to people of its own business: a sentence, and what else was said. Amounts in rupees. */
export function eventWords(event: AuditedEvent): EventWords {
  const { subject } = event;
  if (subject.kind === "payment") return paymentWords({ ...event, subject });
  if (subject.kind === "invoice") return invoiceWords({ ...event, subject });
  return accessWords(event);
}
