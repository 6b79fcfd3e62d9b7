import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { hostedParty } from "@/features/counterparties/data";
import { keepParty, type PartyDetails } from "@/features/counterparties/mutations/keep";
import { lockInvoices } from "@/features/invoices/amounts";
import { columnsOf, contentOf, contentOfRow } from "@/features/invoices/content";
import { sideColumn } from "@/features/invoices/filters";
import { queueShare } from "@/features/invoices/mutations/queue-share";
import { cancelledBills } from "@/features/invoices/mutations/same-bills";
import { alreadyThere, CancelledBefore, whyNotReplaceable, whyNotTheirs } from "@/features/invoices/refusal";
import { duplicateKeyOf } from "@/features/invoices/rules";
import type { CreateInvoiceInput } from "@/features/invoices/schema";
import { type Tx, transact } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { InvoiceSide } from "@/lib/generated/prisma/enums";
import { uuidv7 } from "@/lib/ids";

/**
 * Writes a bill down, or raises an invoice, and shares it with the other party when that one lives here. The same request again
 * (`objectId` and content) changes nothing and is answered as the first time. An invoice that its buyer wrote down before, and nothing
 * is paid of, becomes the supplier's.
 * @throws AppError INVALID for a business's invoice to itself; CONFLICT (path `supplierInvoiceNumber`) when the same paper bill is
 * there already, or was cancelled and `unlessCancelled`, or (path `objectId`) when the id was used with other content.
 */
export async function createInvoice(
  scope: BusinessScope,
  input: CreateInvoiceInput,
  now: Date,
  { unlessCancelled = false } = {},
): Promise<{ id: string; replayed: boolean }> {
  const { b2bId } = input.counterparty;
  const refusal = whyNotTheirs(scope, b2bId);
  if (refusal) throw refusal;
  // A business that lives here goes by the name that it gave itself.
  const hosted = await hostedParty(b2bId);
  const party = hosted
    ? { ...input.counterparty, name: hosted.name, gstin: hosted.gstin ?? input.counterparty.gstin }
    : input.counterparty;
  return transact(scope, async (tx) => {
    const created = await createInvoiceIn(tx, scope, { ...input, counterparty: party }, now);
    // Asked once it is written: until then somebody could still cancel what held its number.
    const [cancelled] = unlessCancelled && !created.replayed ? (await cancelledBills(tx, scope, [input])).values() : [];
    if (cancelled) throw new CancelledBefore(cancelled);
    return created;
  });
}

/** What was asked for, as the audit trail keeps it: by it the same request is known again. */
function requestOf({
  counterparty,
  side,
  ...input
}: Omit<CreateInvoiceInput, "counterparty"> & { counterparty: PartyDetails }) {
  return { side, counterpartyB2BId: counterparty.b2bId, ...contentOf(input) };
}

async function createInvoiceIn(
  tx: Tx,
  scope: BusinessScope,
  input: Omit<CreateInvoiceInput, "counterparty"> & { counterparty: PartyDetails },
  now: Date,
): Promise<{ id: string; replayed: boolean }> {
  const { businessId } = scope;
  const { objectId, counterparty } = input;
  const side = sideColumn(input.side);
  const counterpartyName = await keepParty(tx, scope, counterparty, now);
  const duplicateKey = duplicateKeyOf({
    counterpartyB2BId: counterparty.b2bId,
    supplierInvoiceNumber: input.supplierInvoiceNumber,
    issueDay: input.issueDate,
  });
  const asked = await alreadyAsked(tx, scope, side, objectId);
  if (asked) return replay(tx, scope, asked.id, input);
  const after = requestOf(input);
  const id = uuidv7();
  const { count } = await tx.invoice.createMany({
    data: [
      {
        businessId,
        id,
        side,
        objectId,
        ...columnsOf(input),
        counterpartyB2BId: counterparty.b2bId,
        counterpartyName,
        duplicateKey,
        createdBy: scope.actor.name,
        createdAt: now,
        updatedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 1) {
    await recordAudit(tx, scope, { at: now, action: "invoice.created", subjectKind: "invoice", subjectId: id, after });
    await queueShare(tx, { businessId, invoiceId: id });
    return { id, replayed: false };
  }
  const taken = side === "RECEIVABLE" ? await takePlace(tx, scope, input, duplicateKey, now) : null;
  if (taken) return { id: taken, replayed: false };
  const first = await alreadyAsked(tx, scope, side, objectId);
  if (first) return replay(tx, scope, first.id, input);
  const sameId = { businessId, side, objectId, counterpartyB2BId: counterparty.b2bId };
  if (await tx.invoice.findFirst({ where: sameId, select: { id: true } })) throw otherContent();
  throw await alreadyThere(tx, scope, side, duplicateKey);
}

/** What an earlier request with this id wrote down, also where the supplier's version has taken its place since. */
async function alreadyAsked(tx: Tx, { businessId }: BusinessScope, side: InvoiceSide, objectId: string) {
  const written = { objectId, origin: "OWN" } as const;
  const adopted = { ownObjectId: objectId, origin: "COUNTERPARTY" } as const;
  return tx.invoice.findFirst({ where: { businessId, side, OR: [written, adopted] }, select: { id: true } });
}

/**
 * The supplier raises what its buyer has written down already: it is the supplier's to number, so theirs takes the place of the buyer's
 * copy, and the buyer's own bill follows once it is shared.
 * @returns the invoice's id; null when there is no such copy.
 * @throws AppError CONFLICT, in words, when money is on it.
 */
async function takePlace(
  tx: Tx,
  scope: BusinessScope,
  input: Parameters<typeof requestOf>[0],
  duplicateKey: string,
  now: Date,
): Promise<string | null> {
  const { businessId } = scope;
  const where = { businessId, side: "RECEIVABLE", duplicateKey, origin: "COUNTERPARTY" } as const;
  const found = await tx.invoice.findFirst({ where, select: { id: true } });
  if (!found) return null;
  await lockInvoices(tx, scope, [found.id]);
  const copy = await tx.invoice.findFirst({ where: { ...where, id: found.id } });
  if (!copy) return null;
  const refusal = whyNotReplaceable(copy);
  if (refusal) throw refusal;
  const { objectId, id } = copy;
  await tx.invoice.update({
    where: { businessId_id: { businessId, id } },
    data: {
      objectId: input.objectId,
      ownObjectId: objectId,
      origin: "OWN",
      sourceVersion: null,
      ...columnsOf(input),
      // What this business had said to the copy is past as well.
      status: "CREATED",
      baseStatus: "CREATED",
      remarks: null,
      version: copy.version + 1,
      contentVersion: copy.version + 1,
      createdBy: scope.actor.name,
      updatedAt: now,
    },
  });
  await recordAudit(tx, scope, {
    at: now,
    action: "invoice.created",
    subjectKind: "invoice",
    subjectId: id,
    before: { objectId, ...contentOfRow(copy) },
    after: requestOf(input),
  });
  await queueShare(tx, { businessId, invoiceId: id });
  return id;
}

/** Compared with what was first asked for, and not with what stands there now: it may have been edited or paid since. */
async function replay(
  tx: Tx,
  scope: BusinessScope,
  id: string,
  input: Parameters<typeof requestOf>[0],
): Promise<{ id: string; replayed: true }> {
  const created = await tx.auditEvent.findFirst({
    where: { businessId: scope.businessId, subjectKind: "invoice", subjectId: id, action: "invoice.created" },
    select: { after: true },
  });
  if (created?.after === JSON.stringify(requestOf(input))) return { id, replayed: true };
  throw otherContent();
}

function otherContent(): AppError {
  const message = "An invoice with this id, but with other content, is there already. Nothing was changed.";
  return new AppError("CONFLICT", message, [{ path: "objectId", message, code: "DUPLICATE_CONFLICT" }]);
}
