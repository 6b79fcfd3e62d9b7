import "server-only";
import { type AuditEntry, recordAudits } from "@/features/audit/record";
import { systemScope } from "@/features/businesses/gate";
import { hostedBusiness } from "@/features/businesses/hosted";
import type { BusinessScope } from "@/features/businesses/scope";
import { lockInvoices } from "@/features/invoices/amounts";
import type { ShareOutcome } from "@/features/invoices/mutations/apply-shared";
import { giveUp, waitToShareAgain } from "@/features/invoices/mutations/end-share";
import type { SharedInvoice } from "@/features/invoices/mutations/plan-share";
import { queueAnswer } from "@/features/invoices/mutations/queue-share";
import { answerOf, otherSide, stillCounts } from "@/features/invoices/rules";
import { books, type Tx, transact } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { InvoiceStatus } from "@/lib/generated/prisma/enums";
import type { Jobs } from "@/lib/jobs";

/**
 * Brings what a business makes of an invoice that the other party wrote (returned, rejected, put back) into that party's books, in a
 * transaction of their own. Done again, late, or twice at once, it changes nothing more: `sourceVersion` keeps an older answer from
 * undoing a newer one, and an answer to a version that its writer has changed since doesn't count. While a payment holds the writer's
 * invoice it is tried again later.
 */
export async function shareAnswer(job: Jobs["share-answer"], now: Date): Promise<void> {
  let copy = await read(job);
  // Since then it may have become the business's own: then there is nothing to say.
  while (copy?.origin === "COUNTERPARTY") {
    const outcome = await shareOnce(copy, now);
    const current = await read(job);
    if (current?.version === copy.version) {
      if (outcome.kind === "given-up") await giveUp(copy, outcome.why, "share-answer", now);
      else if (outcome.kind !== "done") await tryLater(copy, now);
      return;
    }
    copy = current;
  }
}

function read({ businessId, invoiceId }: Jobs["share-answer"]): Promise<SharedInvoice | null> {
  return books({ businessId }).invoice.findUnique({ where: { businessId_id: { businessId, id: invoiceId } } });
}

function tryLater(copy: SharedInvoice, now: Date): Promise<void> {
  const { businessId, id: invoiceId } = copy;
  return transact({ businessId }, (tx) => queueAnswer(tx, { businessId, invoiceId }, waitToShareAgain(copy, now)));
}

async function shareOnce(copy: SharedInvoice, now: Date): Promise<ShareOutcome> {
  const [outcome = DONE] = await shareAllOnce([copy], now);
  return outcome;
}

const DONE = { kind: "done" } as const;

/**
 * Shows what one business makes of several invoices to the party that wrote them, in a few statements and one transaction: `shareAnswer`,
 * once. Whoever calls this reads the books again and sees to what has changed meanwhile.
 * @returns the `objectId`s of those that have to wait, or are given up: their jobs see to that
 */
export async function shareAnswersTogether(copies: readonly SharedInvoice[], now: Date): Promise<string[]> {
  const outcomes = await shareAllOnce(copies, now);
  return copies.flatMap(({ objectId }, i) => ((outcomes[i] ?? DONE).kind === "done" ? [] : [objectId]));
}

/** @returns what became of each */
async function shareAllOnce(copies: readonly SharedInvoice[], now: Date): Promise<ShareOutcome[]> {
  const [first] = copies;
  const writer = first && (await hostedBusiness(first.counterpartyB2BId));
  if (!writer) return [];
  const { b2bId } = await systemScope(first.businessId, "share-answer");
  const scope = await systemScope(writer.id, "share-answer");
  return transact(scope, (tx) => applyAnswers(tx, scope, copies, b2bId, now));
}

const ACTIONS = { RETURNED: "invoice.returned-by-party", REJECTED: "invoice.rejected-by-party" } as const;

/**
 * Writes the answers that `copies` of one side hold, of the business with `b2bId`, to the writer's invoices, in the writer's transaction.
 * @returns what became of each
 */
export async function applyAnswers(
  tx: Tx,
  scope: BusinessScope,
  copies: readonly SharedInvoice[],
  b2bId: string,
  now: Date,
): Promise<ShareOutcome[]> {
  const rows = await lockWriters(tx, scope, copies, b2bId);
  const judged = copies.map((copy) => judge(copy, rows.get(copy.objectId), now));
  const writes = judged.flatMap(({ write }) => write ?? []);
  for (const { ids, data } of alike(writes))
    await tx.invoice.updateMany({ where: { businessId: scope.businessId, id: { in: ids } }, data });
  const entries = writes.flatMap(({ entry }) => entry ?? []);
  if (entries.length > 0) await recordAudits(tx, scope, entries);
  return judged.map(({ outcome }) => outcome);
}

interface AnswerWrite {
  id: string;
  data: Prisma.InvoiceUpdateManyMutationInput;
  entry?: AuditEntry;
}

/** What an answer makes of its writer's invoice, whose row is held. */
function judge(
  copy: SharedInvoice,
  row: SharedInvoice | undefined,
  now: Date,
): { outcome: ShareOutcome; write?: AnswerWrite } {
  const isLate = row && (copy.version <= (row.sourceVersion ?? -1) || !stillCounts(copy, row));
  if (!row || isLate || row.baseStatus === "CANCELLED" || copy.baseStatus === "CANCELLED") return { outcome: DONE };
  const [said, before] = [answerOf(copy), answerOf(row)];
  const isNews = said !== before || (said && copy.remarks !== row.remarks);
  if (said && row.pending > 0n) return { outcome: { kind: "busy" } };
  if (said && row.paid > 0n) return { outcome: { kind: "given-up", why: "paid" } };
  const status: InvoiceStatus = said ?? "CREATED";
  const sourceVersion = copy.version;
  // Nothing that anybody sees has changed, so neither has the time of the last change.
  if (!isNews) return { outcome: DONE, write: { id: row.id, data: { sourceVersion, updatedAt: row.updatedAt } } };
  const remarks = said && copy.remarks;
  // Whoever changes it at this moment, without having read the remarks, is told.
  const data = { sourceVersion, status, baseStatus: status, remarks, version: { increment: 1 }, updatedAt: now };
  const entry = {
    at: now,
    action: said ? ACTIONS[said] : "invoice.put-back-by-party",
    subjectKind: "invoice",
    subjectId: row.id,
    ...(before && { before: { status: before, remarks: row.remarks } }),
    after: { status, ...(said && { remarks }) },
  } as const;
  return { outcome: DONE, write: { id: row.id, data, entry } };
}

/** Writes that say the same of several invoices, as one each. */
function alike(writes: readonly AnswerWrite[]) {
  const byData = new Map<string, { ids: string[]; data: AnswerWrite["data"] }>();
  for (const { id, data } of writes) {
    const said = JSON.stringify(data);
    const group = byData.get(said) ?? { ids: [], data };
    group.ids.push(id);
    byData.set(said, group);
  }
  return byData.values();
}

/**
 * The invoices that several copies of one side are of, in their writer's books, by `objectId`, held until this transaction ends: as far as
 * they are the writer's still.
 */
async function lockWriters(
  tx: Tx,
  scope: BusinessScope,
  copies: readonly SharedInvoice[],
  counterpartyB2BId: string,
): Promise<Map<string, SharedInvoice>> {
  const [first] = copies;
  if (!first) return new Map();
  const side = otherSide(first.side);
  const { businessId } = scope;
  const objectId = { in: copies.map((copy) => copy.objectId) };
  const where = { businessId, side, objectId, counterpartyB2BId, origin: "OWN" } as const;
  const found = await tx.invoice.findMany({ where, select: { id: true } });
  if (found.length === 0) return new Map();
  const ids = found.map(({ id }) => id);
  await lockInvoices(tx, scope, ids);
  const rows = await tx.invoice.findMany({ where: { ...where, id: { in: ids } } });
  return new Map(rows.map((row) => [row.objectId, row]));
}
