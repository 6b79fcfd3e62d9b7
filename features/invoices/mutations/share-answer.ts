import "server-only";
import { recordAudit } from "@/features/audit/record";
import { systemScope } from "@/features/businesses/gate";
import { hostedBusiness } from "@/features/businesses/hosted";
import type { BusinessScope } from "@/features/businesses/scope";
import { lockInvoices } from "@/features/invoices/amounts";
import type { ShareOutcome } from "@/features/invoices/mutations/apply-shared";
import { giveUp, waitToShareAgain } from "@/features/invoices/mutations/end-share";
import type { SharedInvoice } from "@/features/invoices/mutations/plan-share";
import { queueAnswer } from "@/features/invoices/mutations/queue-share";
import { answerOf, stillCounts } from "@/features/invoices/rules";
import { books, type Tx, transact } from "@/lib/db";
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
  const writer = await hostedBusiness(copy.counterpartyB2BId);
  if (!writer) return { kind: "done" };
  const { b2bId } = await systemScope(copy.businessId, "share-answer");
  const scope = await systemScope(writer.id, "share-answer");
  return transact(scope, (tx) => applyAnswer(tx, scope, copy, b2bId, now));
}

const ACTIONS = { RETURNED: "invoice.returned-by-party", REJECTED: "invoice.rejected-by-party" } as const;

/** Writes the answer that `copy` holds, of the business with `b2bId`, to the writer's invoice, in the writer's transaction. */
export async function applyAnswer(
  tx: Tx,
  scope: BusinessScope,
  copy: SharedInvoice,
  b2bId: string,
  now: Date,
): Promise<ShareOutcome> {
  const row = await lockWriters(tx, scope, copy, b2bId);
  const isLate = row && (copy.version <= (row.sourceVersion ?? -1) || !stillCounts(copy, row));
  if (!row || isLate || row.baseStatus === "CANCELLED" || copy.baseStatus === "CANCELLED") return { kind: "done" };
  const [said, before] = [answerOf(copy), answerOf(row)];
  const isNews = said !== before || (said && copy.remarks !== row.remarks);
  if (said && row.pending > 0n) return { kind: "busy" };
  if (said && row.paid > 0n) return { kind: "given-up", why: "paid" };
  const status = said ?? "CREATED";
  const where = { businessId_id: { businessId: scope.businessId, id: row.id } };
  await tx.invoice.update({
    where,
    data: {
      sourceVersion: copy.version,
      // Whoever changes it at this moment, without having read the remarks, is told.
      ...(isNews && {
        status,
        baseStatus: status,
        remarks: said && copy.remarks,
        version: { increment: 1 },
        updatedAt: now,
      }),
    },
  });
  if (isNews)
    await recordAudit(tx, scope, {
      at: now,
      action: said ? ACTIONS[said] : "invoice.put-back-by-party",
      subjectKind: "invoice",
      subjectId: row.id,
      ...(before && { before: { status: before, remarks: row.remarks } }),
      after: { status, ...(said && { remarks: copy.remarks }) },
    });
  return { kind: "done" };
}

/** The invoice in its writer's books, held until this transaction ends; null when it is theirs no more. */
async function lockWriters(
  tx: Tx,
  scope: BusinessScope,
  { side, objectId }: SharedInvoice,
  counterpartyB2BId: string,
): Promise<SharedInvoice | null> {
  const writersSide = side === "PAYABLE" ? "RECEIVABLE" : "PAYABLE";
  const { businessId } = scope;
  const where = { businessId, side: writersSide, objectId, counterpartyB2BId, origin: "OWN" } as const;
  const found = await tx.invoice.findFirst({ where, select: { id: true } });
  if (!found) return null;
  await lockInvoices(tx, scope, [found.id]);
  return tx.invoice.findFirst({ where: { ...where, id: found.id } });
}
