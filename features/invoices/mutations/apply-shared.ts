import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { keepParty, type PartyDetails } from "@/features/counterparties/mutations";
import { columnsOf, contentOfRow, isSameContent } from "@/features/invoices/content";
import { duplicateKeyOf } from "@/features/invoices/rules";
import type { Tx } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import { uuidv7 } from "@/lib/ids";

/** The writer's row of an invoice. */
export type SharedInvoice = Prisma.InvoiceGetPayload<Record<never, never>>;

/**
 * What became of a share: `busy` while a payment holds the copy, `paid` when it can't be changed any more, `taken` when the other
 * party has an invoice with a third one under this id.
 */
export type ShareOutcome = "done" | "busy" | "paid" | "taken";

interface Shared {
  source: SharedInvoice;
  writer: PartyDetails;
}

/** The copy's guard in every write: whoever pays it at the same moment comes first, or finds it changed. */
const UNTOUCHED = { paid: 0, pending: 0, baseStatus: { not: "CANCELLED" } } as const satisfies Prisma.InvoiceWhereInput;

/**
 * Brings the other party's copy of an invoice up to the writer's version, in the other party's own transaction. The copy is known by
 * its `objectId`; `sourceVersion` keeps a share that comes late from undoing a newer one.
 */
export async function applyShared(tx: Tx, scope: BusinessScope, shared: Shared, now: Date): Promise<ShareOutcome> {
  const { source } = shared;
  const isCancelled = source.baseStatus === "CANCELLED";
  if (!isCancelled && (await insertCopy(tx, scope, shared, now))) return "done";
  const side = copySide(source);
  const { businessId } = scope;
  const byId = await tx.invoice.findUnique({
    where: { businessId_side_objectId: { businessId, side, objectId: source.objectId } },
  });
  // An id is only a claim: nobody reaches another party's invoice by naming it.
  if (byId && byId.counterpartyB2BId !== shared.writer.b2bId) return "taken";
  if (byId?.origin === "COUNTERPARTY")
    return isCancelled ? cancelCopy(tx, scope, byId, shared, now) : changeCopy(tx, scope, byId, shared, now);
  if (isCancelled) return "done";
  const own = byId ?? (await tx.invoice.findFirst({ where: { businessId, side, duplicateKey: keyOf(shared) } }));
  // Neither: whoever was in the way has just been cancelled. The queue tries again.
  if (!own) throw new Error(`the copy of invoice ${source.objectId} could neither be written nor found`);
  // Both wrote the same paper bill. It is the supplier's to number: theirs takes the buyer's place, never the other way round.
  return source.side === "RECEIVABLE" ? adopt(tx, scope, own, shared, now) : "done";
}

const copySide = (source: SharedInvoice) => (source.side === "PAYABLE" ? "RECEIVABLE" : "PAYABLE");

const keyOf = ({ source, writer }: Shared) =>
  duplicateKeyOf({
    counterpartyB2BId: writer.b2bId,
    supplierInvoiceNumber: source.supplierInvoiceNumber,
    issueDay: contentOfRow(source).issueDate,
  });

async function insertCopy(tx: Tx, scope: BusinessScope, shared: Shared, now: Date): Promise<boolean> {
  const { source, writer } = shared;
  const counterpartyName = await keepParty(tx, scope, writer, now);
  const id = uuidv7();
  const { count } = await tx.invoice.createMany({
    data: [
      {
        businessId: scope.businessId,
        id,
        side: copySide(source),
        objectId: source.objectId,
        ...columnsOf(contentOfRow(source)),
        counterpartyB2BId: writer.b2bId,
        counterpartyName,
        version: source.version,
        sourceVersion: source.version,
        origin: "COUNTERPARTY",
        duplicateKey: keyOf(shared),
        createdBy: writer.name,
        createdAt: now,
        updatedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return false;
  await recordAudit(tx, scope, {
    action: "invoice.received",
    subjectKind: "invoice",
    subjectId: id,
    after: { objectId: source.objectId, from: writer.b2bId, ...contentOfRow(source) },
  });
  return true;
}

/** What a copy that could not be written stands in the way with, as it is now. */
async function standing(tx: Tx, scope: BusinessScope, id: string): Promise<ShareOutcome> {
  const row = await tx.invoice.findUniqueOrThrow({ where: { businessId_id: { businessId: scope.businessId, id } } });
  if (row.baseStatus === "CANCELLED") return "done";
  return row.pending > 0 ? "busy" : "paid";
}

const isNewer = (source: SharedInvoice, copy: SharedInvoice) => source.version > (copy.sourceVersion ?? -1);

async function changeCopy(
  tx: Tx,
  scope: BusinessScope,
  copy: SharedInvoice,
  shared: Shared,
  now: Date,
): Promise<ShareOutcome> {
  const { source } = shared;
  const [before, after] = [contentOfRow(copy), contentOfRow(source)];
  if (!isNewer(source, copy) || isSameContent(before, after)) return "done";
  const { count } = await tx.invoice.updateMany({
    where: {
      ...{ businessId: scope.businessId, id: copy.id, origin: "COUNTERPARTY", ...UNTOUCHED },
      sourceVersion: { lt: source.version },
    },
    data: {
      ...columnsOf(after),
      duplicateKey: keyOf(shared),
      version: Math.max(copy.version, source.version),
      sourceVersion: source.version,
      updatedAt: now,
    },
  });
  if (count === 0) {
    const { sourceVersion } = await tx.invoice.findUniqueOrThrow({
      where: { businessId_id: { businessId: scope.businessId, id: copy.id } },
    });
    return (sourceVersion ?? -1) >= source.version ? "done" : standing(tx, scope, copy.id);
  }
  await recordAudit(tx, scope, {
    action: "invoice.changed-by-party",
    subjectKind: "invoice",
    subjectId: copy.id,
    before,
    after,
  });
  return "done";
}

async function cancelCopy(
  tx: Tx,
  scope: BusinessScope,
  copy: SharedInvoice,
  { source }: Shared,
  now: Date,
): Promise<ShareOutcome> {
  const { count } = await tx.invoice.updateMany({
    where: { businessId: scope.businessId, id: copy.id, origin: "COUNTERPARTY", ...UNTOUCHED },
    data: {
      ...{ status: "CANCELLED", baseStatus: "CANCELLED", duplicateKey: null },
      version: Math.max(copy.version, source.version),
      sourceVersion: source.version,
      updatedAt: now,
    },
  });
  if (count === 0) return standing(tx, scope, copy.id);
  await recordAudit(tx, scope, {
    action: "invoice.cancelled-by-party",
    subjectKind: "invoice",
    subjectId: copy.id,
    after: { status: "CANCELLED" },
  });
  return "done";
}

/** The supplier's version takes the place of the bill that the buyer wrote by hand. */
async function adopt(
  tx: Tx,
  scope: BusinessScope,
  own: SharedInvoice,
  shared: Shared,
  now: Date,
): Promise<ShareOutcome> {
  const { source } = shared;
  const before = contentOfRow(own);
  const content = contentOfRow(source);
  const after = { ...content, description: content.description || before.description };
  const { count } = await tx.invoice.updateMany({
    where: { businessId: scope.businessId, id: own.id, origin: "OWN", ...UNTOUCHED },
    data: {
      ...columnsOf(after),
      objectId: source.objectId,
      duplicateKey: keyOf(shared),
      origin: "COUNTERPARTY",
      version: Math.max(own.version, source.version),
      sourceVersion: source.version,
      updatedAt: now,
    },
  });
  if (count === 0) return standing(tx, scope, own.id);
  await recordAudit(tx, scope, {
    action: "invoice.adopted",
    subjectKind: "invoice",
    subjectId: own.id,
    before: { objectId: own.objectId, ...before },
    after: { objectId: source.objectId, ...after },
  });
  return "done";
}
