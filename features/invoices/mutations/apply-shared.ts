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
import { changeCopies, insertCopies, paidElsewhere, saidPaid } from "@/features/invoices/mutations/write-copies";
import type { Tx } from "@/lib/db";
import type { InvoiceSide } from "@/lib/generated/prisma/enums";

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
  const { rows, areAll } = await lockRows(tx, scope, shared);
  if (!areAll) return { kind: "stale" };
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
 * As `applyShared`, for all that is `known` of one writer in a few statements: those copies that need only be written or changed. One that
 * has another copy in its way is left to `applyShared`, and so is one that somebody else writes at the same moment. Rows are written in the
 * order of their ids, so that two who do this wait for each other without a deadlock.
 * @returns the ids of those that have to wait or are given up, which nothing can bring now
 */
export async function applyTogether(
  tx: Tx,
  scope: BusinessScope,
  shared: Omit<Shared, "objectId">,
  now: Date,
): Promise<string[]> {
  const { known, writer } = shared;
  const standing = [...known.values()].some((source) => source && source.baseStatus !== "CANCELLED");
  if (standing) await keepParty(tx, scope, writer, now);
  const { rows } = await lockRows(tx, scope, shared);
  const plans = [...known.keys()]
    .sort()
    .map((objectId) => ({ objectId, plan: planShare(objectId, known, rows, writer.b2bId) }));
  const alone = plans.flatMap(({ plan }) => (plan.kind === "steps" && plan.steps.length === 1 ? plan.steps : []));
  const inserted = alone.flatMap((step) => (step.do === "insert" ? [step.source] : []));
  await insertCopies(tx, scope, inserted, writer, now);
  const changed = alone.flatMap((step) => (step.do === "change" ? [step] : []));
  await changeCopies(tx, scope, changed, writer, now);
  return plans.flatMap(({ objectId, plan }) => (plan.kind === "busy" || plan.kind === "given-up" ? [objectId] : []));
}

/**
 * The other party's invoices under the ids or numbers in question, held until this transaction ends: whoever pays one of them at the
 * same moment comes first, or finds it changed. They aren't all when there are others by the time they are held.
 */
async function lockRows(
  tx: Tx,
  { businessId, ...scope }: BusinessScope,
  { side, known, writer }: Omit<Shared, "objectId">,
): Promise<{ rows: SharedInvoice[]; areAll: boolean }> {
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
  if (found.length === 0) return { rows: [], areAll: true };
  const held = new Set(found.map(({ id }) => id));
  await lockInvoices(tx, { businessId, ...scope }, [...held]);
  const all = await tx.invoice.findMany({ where });
  const rows = all.filter(({ id }) => held.has(id));
  return { rows, areAll: rows.length === all.length };
}

/** Invoices that take over each other's numbers let go of them first, all of them: in a ring none could go before the next. */
async function freeNumbers(tx: Tx, { businessId }: BusinessScope, steps: readonly Step[]): Promise<void> {
  if (steps.length < 2) return;
  const ids = steps.flatMap((step) => (step.do === "insert" ? [] : [step.row.id]));
  await tx.invoice.updateMany({ where: { businessId, id: { in: ids } }, data: { duplicateKey: null } });
}

async function take(tx: Tx, scope: BusinessScope, step: Step, writer: PartyDetails, now: Date): Promise<void> {
  switch (step.do) {
    case "insert":
      if ((await insertCopies(tx, scope, [step.source], writer, now)) === 0) throw new FoundStale();
      return;
    case "change":
      return changeCopies(tx, scope, [step], writer, now);
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
