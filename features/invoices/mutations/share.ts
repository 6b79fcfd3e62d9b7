import "server-only";
import { recordAudit } from "@/features/audit/record";
import { systemScope } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { keepParty, type PartyDetails } from "@/features/counterparties/mutations";
import { applyShared, type SharedInvoice } from "@/features/invoices/mutations/apply-shared";
import { queueShare } from "@/features/invoices/mutations/queue-share";
import { books, system, transact } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Jobs } from "@/lib/jobs";

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;

const hosted = {
  id: true,
  b2bId: true,
  tradeName: true,
  gstin: true,
  bankAccountNumber: true,
  bankIfsc: true,
  bankBeneficiaryName: true,
  vpa: true,
} as const satisfies Prisma.BusinessSelect;
type HostedBusiness = Prisma.BusinessGetPayload<{ select: typeof hosted }>;

/**
 * Shows an invoice to its other party when that one lives on this portal too: their copy is written, changed or cancelled in their
 * own transaction. Done again, or twice at once, it changes nothing more. While a payment holds the copy it is tried again later;
 * once the copy is paid it is given up, with a line in the writer's history.
 */
export async function shareInvoice({ businessId, invoiceId }: Jobs["share-invoice"], now: Date): Promise<void> {
  const source = await books({ businessId }).invoice.findUnique({
    where: { businessId_id: { businessId, id: invoiceId } },
  });
  if (source?.origin !== "OWN") return;
  const [writer, other] = await Promise.all([
    books({ businessId }).business.findUniqueOrThrow({ where: { id: businessId }, select: hosted }),
    system.business.findUnique({ where: { b2bId: source.counterpartyB2BId }, select: hosted }),
  ]);
  if (!other) return;
  const scope = await systemScope(businessId, "share-invoice");
  const target = await systemScope(other.id, "share-invoice");
  const outcome = await transact(target, (tx) =>
    applyShared(tx, target, { source, writer: partyOf(writer, source) }, now),
  );
  if (outcome === "busy") await tryLater(scope, source, now);
  if (outcome === "paid" || outcome === "taken") await giveUp(scope, source, REASONS[outcome]);
  // Where to pay the supplier belongs into the buyer's books, whichever of the two wrote the bill.
  if (source.side === "PAYABLE") await transact(scope, (tx) => keepParty(tx, scope, partyOf(other, null), now));
}

/** A business as the other party keeps it: a buyer's account is nobody's concern. */
function partyOf(
  { id: _, b2bId, tradeName, gstin, ...account }: HostedBusiness,
  source: SharedInvoice | null,
): PartyDetails {
  const isBuyer = source?.side === "PAYABLE";
  return { b2bId, name: tradeName, gstin, ...(isBuyer ? {} : account) };
}

/** Waits longer the longer it has waited, from half a minute to six hours: a payment may be answered in minutes, or in weeks. */
function tryLater(scope: BusinessScope, source: SharedInvoice, now: Date): Promise<void> {
  const age = now.getTime() - source.updatedAt.getTime();
  const wait = Math.min(Math.max(age / 2, MINUTE_MS / 2), LONGEST_WAIT_MS);
  const runAt = new Date(now.getTime() + wait);
  return transact(scope, (tx) => queueShare(tx, { businessId: scope.businessId, invoiceId: source.id }, runAt));
}

const REASONS = {
  paid: "it is paid already in their books",
  taken: "their books have another invoice under its id",
};

async function giveUp(scope: BusinessScope, source: SharedInvoice, reason: string): Promise<void> {
  const entry = { action: "invoice.share-given-up", subjectKind: "invoice", subjectId: source.id } as const;
  await transact(scope, async (tx) => {
    const written = await tx.auditEvent.count({
      where: { businessId: scope.businessId, ...entry, after: JSON.stringify({ version: source.version, reason }) },
    });
    if (written === 0) await recordAudit(tx, scope, { ...entry, after: { version: source.version, reason } });
  });
}
