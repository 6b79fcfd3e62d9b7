import "server-only";
import { systemScope } from "@/features/businesses/gate";
import { HOSTED } from "@/features/counterparties/data";
import { keepParty, type PartyDetails } from "@/features/counterparties/mutations/keep";
import { inOneForm } from "@/features/counterparties/row";
import { applyShared, applyTogether, FoundStale, type ShareOutcome } from "@/features/invoices/mutations/apply-shared";
import { giveUp, waitToShareAgain } from "@/features/invoices/mutations/end-share";
import type { Known, SharedInvoice } from "@/features/invoices/mutations/plan-share";
import { queueShare } from "@/features/invoices/mutations/queue-share";
import { otherSide } from "@/features/invoices/rules";
import { books, system, transact } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Jobs } from "@/lib/jobs";
import { isUniqueViolation } from "@/lib/unique-violation";

const hosted = { id: true, b2bId: true, ...HOSTED } as const satisfies Prisma.BusinessSelect;
type HostedBusiness = Prisma.BusinessGetPayload<{ select: typeof hosted }>;

/**
 * Shows an invoice to its other party when that one lives on this portal too: their copy is written, changed or cancelled in their
 * own transaction. Done again, or twice at once, it changes nothing more. While a payment holds the copy it is tried again later;
 * once more is paid on the copy than it allows it is given up, with a line in the writer's history. Of a bill whose supplier's version
 * has taken its place, a copy that the supplier still has under its former id is cancelled. A party that comes to live here later is
 * shown it then (`shareWithNewcomer`).
 */
export async function shareInvoice(job: Jobs["share-invoice"], now: Date): Promise<void> {
  let source = await read(job);
  for (;;) {
    const objectId = source && writtenAs(source);
    if (!source || !objectId) return;
    const outcome = await shareOnce(source, objectId, now);
    const current = await read(job);
    // Two shares of one invoice may run at once, and the one with the older version may be the last to write: nobody leaves before
    // the writer's books say what it has shown.
    if (current?.version === source.version && current.origin === source.origin) {
      if (outcome.kind === "given-up") await giveUp(source, outcome.why, "share-invoice", now);
      else if (outcome.kind !== "done") await tryLater(source, now);
      return;
    }
    source = current;
  }
}

function read({ businessId, invoiceId }: Jobs["share-invoice"]): Promise<SharedInvoice | null> {
  return books({ businessId }).invoice.findUnique({
    where: { businessId_id: { businessId, id: invoiceId } },
  });
}

/** The id under which the business wrote an invoice, and under which it shared it; null when it never did. */
function writtenAs({ origin, objectId, ownObjectId }: SharedInvoice): string | null {
  return origin === "OWN" ? objectId : ownObjectId;
}

/** How often the books are read again when they change meanwhile, before the share is tried later. */
const ROUNDS = 8;

async function shareOnce(source: SharedInvoice, objectId: string, now: Date): Promise<ShareOutcome> {
  const between = await partiesOf(source);
  if (!between) return { kind: "done" };
  const { target, side, writer } = between;
  let known: Known = new Map([[objectId, source.origin === "OWN" ? source : null]]);
  let outcome: ShareOutcome = { kind: "stale" };
  for (let stale = 0; outcome.kind === "unknown" || (outcome.kind === "stale" && stale < ROUNDS); ) {
    if (outcome.kind === "unknown") known = await readAll(source, [...known.keys(), outcome.objectId]);
    else if (stale++ > 0) known = await readAll(source, [...known.keys()]);
    const shared = { objectId, side, known, writer } as const;
    outcome = await transact(target, (tx) => applyShared(tx, target, shared, now)).catch(foundStale);
  }
  await keepSupplier(source, between.other, now);
  return outcome;
}

/**
 * Shows several invoices of one business to one other party, in a few statements and one transaction: those whose copies need only be
 * written or changed. `shareInvoice` is for the others. Whoever calls this reads the books again afterwards, and sees to what was left and
 * to what has changed meanwhile.
 * @param sources what the writer's books said of its own invoices at one moment
 * @returns the `objectId`s of those that have to wait, or are given up: their jobs see to that
 */
export async function shareTogether(sources: readonly SharedInvoice[], now: Date): Promise<string[]> {
  const [first] = sources;
  const between = first && (await partiesOf(first));
  if (!between) return [];
  const { target, other, ...parties } = between;
  const known: Known = new Map(sources.map((source) => [source.objectId, source]));
  const waiting = await transact(target, (tx) => applyTogether(tx, target, { ...parties, known }, now)).catch(
    foundStale,
  );
  await keepSupplier(first, other, now);
  return Array.isArray(waiting) ? waiting : [];
}

/** In whose books the copies are, on which side, and whom they are of; null when the other party doesn't live here. */
async function partiesOf(source: SharedInvoice) {
  const { businessId, counterpartyB2BId } = source;
  const [writer, other] = await Promise.all([
    books({ businessId }).business.findUniqueOrThrow({ where: { id: businessId }, select: hosted }),
    system.business.findUnique({ where: { b2bId: counterpartyB2BId }, select: hosted }),
  ]);
  if (!other) return null;
  const target = await systemScope(other.id, "share-invoice");
  return { target, side: otherSide(source.side), writer: partyOf(writer, source), other };
}

/** Where to pay the supplier belongs into the buyer's books, whichever of the two wrote the bill. */
async function keepSupplier({ businessId, side }: SharedInvoice, other: HostedBusiness, now: Date): Promise<void> {
  if (side === "RECEIVABLE") return;
  const scope = await systemScope(businessId, "share-invoice");
  await transact(scope, (tx) => keepParty(tx, scope, partyOf(other, null), now));
}

/** Someone else wrote the same invoice, or one under the same number, at the same moment. */
function foundStale(error: unknown): ShareOutcome {
  if (error instanceof FoundStale || isUniqueViolation(error)) return { kind: "stale" };
  throw error;
}

/** What a business's books say of its own invoices to one party, all at one moment. */
async function readAll(
  { businessId, counterpartyB2BId, side }: SharedInvoice,
  objectIds: readonly string[],
): Promise<Known> {
  const rows = await books({ businessId }).invoice.findMany({
    where: { businessId, counterpartyB2BId, side, origin: "OWN", objectId: { in: [...objectIds] } },
  });
  return new Map(objectIds.map((objectId) => [objectId, rows.find((row) => row.objectId === objectId) ?? null]));
}

/** A business as the other party keeps it: a buyer's account is nobody's concern. */
function partyOf(
  { id: _, b2bId, tradeName, gstin, ...account }: HostedBusiness,
  source: SharedInvoice | null,
): PartyDetails {
  const isBuyer = source?.side === "PAYABLE";
  return { b2bId, name: inOneForm(tradeName), gstin, ...(isBuyer ? {} : account) };
}

function tryLater(source: SharedInvoice, now: Date): Promise<void> {
  const { businessId, id: invoiceId } = source;
  return transact({ businessId }, (tx) => queueShare(tx, { businessId, invoiceId }, waitToShareAgain(source, now)));
}
