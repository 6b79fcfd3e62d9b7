import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { keepParty, type PartyDetails } from "@/features/counterparties/mutations/keep";
import { lockInvoices } from "@/features/invoices/amounts";
import { columnsOf, contentOfRow } from "@/features/invoices/content";
import {
  type GivenUp,
  type Known,
  planShare,
  type SharedInvoice,
  type Step,
  sharedKey,
} from "@/features/invoices/mutations/plan-share";
import { queueShare } from "@/features/invoices/mutations/queue-share";
import { statusOf, stillCounts } from "@/features/invoices/rules";
import type { Tx } from "@/lib/db";
import type { InvoiceSide } from "@/lib/generated/prisma/enums";
import { uuidv7 } from "@/lib/ids";
import { paise, ZERO } from "@/lib/money";

/** What became of a share, or what it takes to know; everything but `done` has changed no invoice. */
export type ShareOutcome =
  | { kind: "done" }
  /** A payment is under way, or another invoice has to be shown first. */
  | { kind: "busy" }
  /** The books have changed since they were read. */
  | { kind: "stale" }
  | { kind: "unknown"; objectId: string }
  | { kind: "given-up"; why: GivenUp };

/** An invoice to be shared, and what else is known of its writer's books. */
export interface Shared {
  objectId: string;
  /** The side that it has in the other party's books. */
  side: InvoiceSide;
  known: Known;
  writer: PartyDetails;
}

/** Throws away what a transaction has written: another one was faster. */
export class FoundStale extends Error {}

/**
 * Brings the other party's copy of an invoice up to the writer's version, in the other party's own transaction. The copy is known by
 * its `objectId`; `sourceVersion` keeps a share that comes late from undoing a newer one.
 */
export async function applyShared(tx: Tx, scope: BusinessScope, shared: Shared, now: Date): Promise<ShareOutcome> {
  const { objectId, known, writer } = shared;
  const source = known.get(objectId);
  if (source && source.baseStatus !== "CANCELLED") await keepParty(tx, scope, writer, now);
  const rows = await lockRows(tx, scope, shared);
  if (rows === null) return { kind: "stale" };
  const plan = planShare(objectId, known, rows, writer.b2bId);
  // Usually it is on its way. Where it was written before its buyer lived here, nobody else sends it.
  if (plan.kind === "busy" && plan.behind)
    await queueShare(tx, { businessId: scope.businessId, invoiceId: plan.behind.id });
  if (plan.kind !== "steps") return plan;
  await freeNumbers(tx, scope, plan.steps);
  for (const step of plan.steps) await take(tx, scope, step, writer, now);
  return { kind: "done" };
}

/**
 * The other party's invoices under the ids or numbers in question, held until this transaction ends: whoever pays one of them at the
 * same moment comes first, or finds it changed. Null when there are others by the time they are held.
 */
async function lockRows(
  tx: Tx,
  { businessId, ...scope }: BusinessScope,
  { side, known, writer }: Shared,
): Promise<SharedInvoice[] | null> {
  const standing = [...known.values()].filter((source) => source !== null);
  const where = {
    businessId,
    side,
    // Another party's software may mint the same ids: nobody reaches a third one's invoice by naming it.
    counterpartyB2BId: writer.b2bId,
    OR: [
      { objectId: { in: [...known.keys(), ...standing.flatMap(({ ownObjectId }) => ownObjectId ?? [])] } },
      { duplicateKey: { in: standing.map((source) => sharedKey(source, writer.b2bId)) } },
    ],
  };
  const found = await tx.invoice.findMany({ where, select: { id: true } });
  if (found.length === 0) return [];
  const held = new Set(found.map(({ id }) => id));
  await lockInvoices(tx, { businessId, ...scope }, [...held]);
  const rows = await tx.invoice.findMany({ where });
  return rows.every(({ id }) => held.has(id)) ? rows : null;
}

/** Invoices that take over each other's numbers let go of them first, all of them: in a ring none could go before the next. */
async function freeNumbers(tx: Tx, { businessId }: BusinessScope, steps: readonly Step[]): Promise<void> {
  if (steps.length < 2) return;
  const ids = steps.flatMap((step) => (step.do === "insert" ? [] : [step.row.id]));
  await tx.invoice.updateMany({ where: { businessId, id: { in: ids } }, data: { duplicateKey: null } });
}

function take(tx: Tx, scope: BusinessScope, step: Step, writer: PartyDetails, now: Date): Promise<void> {
  switch (step.do) {
    case "insert":
      return insertCopy(tx, scope, step.source, writer, now);
    case "change":
      return changeCopy(tx, scope, step, writer, now);
    case "cancel":
      return cancelCopy(tx, scope, step, now);
    case "adopt":
      return adopt(tx, scope, step, writer, now);
    case "replace":
      return replace(tx, scope, step, now);
  }
}

type StepOf<Do extends Step["do"]> = Extract<Step, { do: Do }>;

const whereIs = (scope: BusinessScope, { id }: SharedInvoice) => ({
  businessId_id: { businessId: scope.businessId, id },
});

async function insertCopy(
  tx: Tx,
  scope: BusinessScope,
  source: SharedInvoice,
  writer: PartyDetails,
  now: Date,
): Promise<void> {
  const party = await tx.counterparty.findUniqueOrThrow({
    where: { businessId_b2bId: { businessId: scope.businessId, b2bId: writer.b2bId } },
    select: { name: true },
  });
  const id = uuidv7();
  const { count } = await tx.invoice.createMany({
    data: [
      {
        businessId: scope.businessId,
        id,
        side: source.side === "PAYABLE" ? "RECEIVABLE" : "PAYABLE",
        objectId: source.objectId,
        ...columnsOf(contentOfRow(source)),
        counterpartyB2BId: writer.b2bId,
        counterpartyName: party.name,
        ...paidElsewhere(source),
        version: source.version,
        sourceVersion: source.version,
        origin: "COUNTERPARTY",
        duplicateKey: sharedKey(source, writer.b2bId),
        createdBy: writer.name,
        createdAt: now,
        updatedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) throw new FoundStale();
  await recordAudit(tx, scope, {
    at: now,
    action: "invoice.received",
    subjectKind: "invoice",
    subjectId: id,
    after: { objectId: source.objectId, from: writer.b2bId, ...contentOfRow(source), ...saidPaid(source) },
  });
}

/** What the writer's books have as paid of an invoice that this party's books don't have yet: it was paid before this party lived here. */
function paidElsewhere({ total, paid }: SharedInvoice) {
  const books = { total: paise(total), paid: paise(paid), pending: ZERO, baseStatus: "CREATED" } as const;
  return { paid, status: statusOf(books), baseStatus: books.baseStatus };
}

/** The same for the audit trail; nothing where nothing is paid. */
const saidPaid = ({ paid }: SharedInvoice) => paid > 0 && { paidPaise: paise(paid) };

/**
 * Part paid is no hindrance: what was paid is of the writer's books too by then, which allow the new total. What was said of the content
 * before this change doesn't count any more.
 */
async function changeCopy(
  tx: Tx,
  scope: BusinessScope,
  { row, source }: StepOf<"change">,
  writer: PartyDetails,
  now: Date,
): Promise<void> {
  const [before, after] = [contentOfRow(row), contentOfRow(source)];
  const stands = stillCounts(row, source);
  const baseStatus = stands ? row.baseStatus : "CREATED";
  const books = { total: after.totalPaise, paid: paise(row.paid), pending: ZERO, baseStatus };
  await tx.invoice.update({
    where: whereIs(scope, row),
    data: {
      ...columnsOf(after),
      ...{ status: statusOf(books), baseStatus, remarks: stands ? row.remarks : null },
      duplicateKey: sharedKey(source, writer.b2bId),
      // Above the one that was read here: an answer to what stood there before must not meet this.
      version: Math.max(row.version + 1, source.version),
      sourceVersion: source.version,
      updatedAt: now,
    },
  });
  await recordAudit(tx, scope, {
    at: now,
    action: "invoice.changed-by-party",
    subjectKind: "invoice",
    subjectId: row.id,
    before,
    after,
  });
}

const CANCELLED = { status: "CANCELLED", baseStatus: "CANCELLED", remarks: null, duplicateKey: null } as const;

async function cancelCopy(tx: Tx, scope: BusinessScope, { row, source }: StepOf<"cancel">, now: Date): Promise<void> {
  const sourceVersion = source?.version ?? row.sourceVersion;
  const version = Math.max(row.version, sourceVersion ?? 0);
  await tx.invoice.update({
    where: whereIs(scope, row),
    data: { ...CANCELLED, version, sourceVersion, updatedAt: now },
  });
  await recordAudit(tx, scope, {
    at: now,
    action: "invoice.cancelled-by-party",
    subjectKind: "invoice",
    subjectId: row.id,
    after: { status: "CANCELLED" },
  });
}

async function adopt(
  tx: Tx,
  scope: BusinessScope,
  { row, source }: StepOf<"adopt">,
  writer: PartyDetails,
  now: Date,
): Promise<void> {
  const before = contentOfRow(row);
  const content = contentOfRow(source);
  const after = { ...content, description: content.description || before.description };
  await tx.invoice.update({
    where: whereIs(scope, row),
    data: {
      ...columnsOf(after),
      ...paidElsewhere(source),
      remarks: null,
      objectId: source.objectId,
      ownObjectId: row.objectId,
      duplicateKey: sharedKey(source, writer.b2bId),
      origin: "COUNTERPARTY",
      version: Math.max(row.version, source.version),
      sourceVersion: source.version,
      updatedAt: now,
    },
  });
  await recordAudit(tx, scope, {
    at: now,
    action: "invoice.adopted",
    subjectKind: "invoice",
    subjectId: row.id,
    before: { objectId: row.objectId, ...before },
    after: { objectId: source.objectId, ...after, ...saidPaid(source) },
  });
  // The supplier may have a copy of it under the id that it had.
  await queueShare(tx, { businessId: scope.businessId, invoiceId: row.id });
}

async function replace(tx: Tx, scope: BusinessScope, { row, source }: StepOf<"replace">, now: Date): Promise<void> {
  await tx.invoice.update({
    where: whereIs(scope, row),
    data: { ...CANCELLED, version: { increment: 1 }, updatedAt: now },
  });
  await recordAudit(tx, scope, {
    at: now,
    action: "invoice.cancelled-by-party",
    subjectKind: "invoice",
    subjectId: row.id,
    after: { status: "CANCELLED", replacedBy: source.objectId },
  });
  await queueShare(tx, { businessId: scope.businessId, invoiceId: row.id });
}
