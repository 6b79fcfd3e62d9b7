import "server-only";
import { contentOfRow, isSameContent } from "@/features/invoices/content";
import { duplicateKeyOf, fitOf, isUntouched, stillCounts } from "@/features/invoices/rules";
import type { Prisma } from "@/lib/generated/prisma/client";
import { paise } from "@/lib/money";

/** A row of an invoice, the writer's or the other party's. */
export type SharedInvoice = Prisma.InvoiceGetPayload<Record<never, never>>;

/** The writer's invoices by `objectId`, all read at one moment; null where the writer's books don't have one (any more). */
export type Known = ReadonlyMap<string, SharedInvoice | null>;

/** Why a share is given up: money is paid where it can't be any more. */
export type GivenUp = "paid" | "overpaid" | "number-paid" | "taken";

/** One write in the other party's books. */
export type Step =
  | { do: "insert"; source: SharedInvoice }
  | { do: "change"; row: SharedInvoice; source: SharedInvoice }
  | { do: "cancel"; row: SharedInvoice; source: SharedInvoice | null }
  /** The supplier's version takes the place of the bill that the buyer wrote by hand. */
  | { do: "adopt"; row: SharedInvoice; source: SharedInvoice }
  /** The buyer's own bill goes: the supplier's is the same, and the buyer has that as another one, or it is cancelled. */
  | { do: "replace"; row: SharedInvoice; source: SharedInvoice };

export type Plan =
  | { kind: "steps"; steps: Step[] }
  /** Another invoice of the writer's is in the way: where that one is to go has to be known too. */
  | { kind: "unknown"; objectId: string }
  /** Waits for a payment to end, or for an invoice of the other party's own that has the number: that one has to be shown first. */
  | { kind: "busy"; behind?: SharedInvoice }
  /** The other party's books know more than was read of the writer's. */
  | { kind: "stale" }
  | { kind: "given-up"; why: GivenUp };

/** What has to be written for one invoice, and the other copy that still holds its number, if one does. */
type Turn = { steps: Step[]; inTheWay?: SharedInvoice } | Exclude<Plan, { kind: "steps" | "unknown" }>;

/** The key of a shared invoice in the other party's books. */
export function sharedKey(source: SharedInvoice, writerB2BId: string): string {
  return duplicateKeyOf({
    counterpartyB2BId: writerB2BId,
    supplierInvoiceNumber: source.supplierInvoiceNumber,
    issueDay: contentOfRow(source).issueDate,
  });
}

/**
 * What has to be written in the other party's books so that they have an invoice as its writer does: all of it, or nothing yet.
 *
 * Shares have no order among each other. So the number that an invoice is to have may still be held by the copy of another one, which is
 * cancelled or has a new number by now, and that number by the copy of a third, perhaps in a ring. They are followed from copy to copy,
 * and all moved at once.
 *
 * @param rows the other party's invoices with the writer, under the ids in `known` or under the numbers that those have.
 */
export function planShare(first: string, known: Known, rows: readonly SharedInvoice[], writerB2BId: string): Plan {
  const steps: Step[] = [];
  const seen = new Set<string>();
  let objectId = first;
  while (!seen.has(objectId)) {
    seen.add(objectId);
    const source = known.get(objectId);
    if (source === undefined) return { kind: "unknown", objectId };
    const row = rows.find((each) => each.objectId === objectId) ?? (source && placeOf(source, rows));
    const key = source && source.baseStatus !== "CANCELLED" ? sharedKey(source, writerB2BId) : null;
    const turn = source && key ? bring(source, row, heldBy(rows, key, row)) : withdraw(source, row);
    if ("kind" in turn) return turn.kind === "given-up" && objectId !== first ? { ...turn, why: "number-paid" } : turn;
    if (turn.steps.length === 0 && objectId !== first) return { kind: "stale" };
    steps.push(...turn.steps);
    if (!turn.inTheWay) break;
    objectId = turn.inTheWay.objectId;
  }
  return { kind: "steps", steps };
}

const heldBy = (rows: readonly SharedInvoice[], key: string, by: SharedInvoice | null) =>
  rows.find((each) => each.duplicateKey === key && each.id !== by?.id) ?? null;

/**
 * The buyer's own bill that this supplier's invoice stands for: the supplier had a copy of it until the invoice took that copy's place. The
 * two are the same paper, whatever their numbers.
 */
const placeOf = ({ side, ownObjectId }: SharedInvoice, rows: readonly SharedInvoice[]) =>
  rows.find(
    ({ origin, objectId, baseStatus }) =>
      side === "RECEIVABLE" && objectId === ownObjectId && origin === "OWN" && baseStatus !== "CANCELLED",
  ) ?? null;

/** Follows a cancelled invoice, or one that its writer doesn't have any more. */
function withdraw(source: SharedInvoice | null, row: SharedInvoice | null): Turn {
  if (source && row && row === placeOf(source, [row]))
    return untouched(row, "paid") ?? { steps: [{ do: "replace", row, source }] };
  if (row?.origin !== "COUNTERPARTY" || row.baseStatus === "CANCELLED") return { steps: [] };
  return untouched(row, "paid") ?? { steps: [{ do: "cancel", row, source }] };
}

/** Follows an invoice that stands; `holder` has its number in the other party's books. */
function bring(source: SharedInvoice, row: SharedInvoice | null, holder: SharedInvoice | null): Turn {
  // Both wrote the same paper bill. It is the supplier's to number: theirs takes the buyer's place, never the other way round. A buyer's
  // share waits for that: the supplier may still cancel theirs, or give it another number, before the buyer has heard of it.
  const isSuppliers = source.side === "RECEIVABLE";
  if (row?.origin === "COUNTERPARTY") {
    const [before, after] = [contentOfRow(row), contentOfRow(source)];
    const isNewer = source.version > (row.sourceVersion ?? -1);
    // Sent again as it was, by a writer who doesn't agree with what was said of it: that is news too.
    const isNews = !isSameContent(before, after) || !stillCounts(row, source);
    if (row.baseStatus === "CANCELLED" || !isNewer || !isNews) return { steps: [] };
    const fit = fitOf(row, after.totalPaise);
    if (fit !== "now") return fit === "later" ? { kind: "busy" } : { kind: "given-up", why: "overpaid" };
    const change = { do: "change", row, source } as const;
    if (holder?.origin === "OWN" && !isSuppliers) return { kind: "busy", behind: holder };
    return over(source, holder, change);
  }
  // The buyer's books don't have this invoice yet, and a payment of it is under way: it was made elsewhere, before the buyer came to live
  // here, and has to end first.
  if (isSuppliers && source.pending > 0) return { kind: "busy" };
  const own = row ?? (holder?.origin === "OWN" ? holder : null);
  if (!own) return { steps: [{ do: "insert", source }], ...(holder && { inTheWay: holder }) };
  if (own.baseStatus === "CANCELLED") return { kind: "given-up", why: "taken" };
  if (!isSuppliers) return { kind: "busy", behind: own };
  return untouched(own, "paid") ?? over(source, holder === own ? null : holder, { do: "adopt", row: own, source });
}

/** A supplier's invoice takes its number from whoever holds it: another copy goes its own way, a bill of the buyer's own is the same. */
function over(source: SharedInvoice, holder: SharedInvoice | null, step: Step): Turn {
  if (holder?.origin !== "OWN") return { steps: [step], ...(holder && { inTheWay: holder }) };
  return untouched(holder, "number-paid") ?? { steps: [{ do: "replace", row: holder, source }, step] };
}

/** Why a row can't be cancelled or adopted now; null when it can. */
function untouched(row: SharedInvoice, why: GivenUp): Turn | null {
  const { baseStatus } = row;
  if (isUntouched({ baseStatus, paid: paise(row.paid), pending: paise(row.pending) })) return null;
  return row.pending > 0 ? { kind: "busy" } : { kind: "given-up", why };
}
