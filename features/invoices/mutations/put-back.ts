import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Invoice } from "@/features/invoices/api";
import { queueAnswer } from "@/features/invoices/mutations/queue-share";
import { whyNotPutBack } from "@/features/invoices/refusal";
import { invoiceRow, toInvoice } from "@/features/invoices/row";
import { ANSWERED_STATUSES, answerOf } from "@/features/invoices/rules";
import type { PutBackInvoiceInput } from "@/features/invoices/schema";
import { transact } from "@/lib/db";
import { changedMeanwhile, notFound } from "@/lib/errors";

/**
 * Takes a return or a rejection back, and tells the writer's books: the invoice is CREATED, as if nothing had been said. Of one without
 * an answer, or whose answer its writer's change has overtaken, it changes nothing.
 * @throws AppError NOT_FOUND; CONFLICT, in words.
 */
export function putBackInvoice(
  scope: BusinessScope,
  id: string,
  { version }: PutBackInvoiceInput,
  now: Date,
): Promise<Invoice> {
  const { businessId } = scope;
  return transact(scope, async (tx) => {
    const where = {
      businessId,
      id,
      version,
      origin: "COUNTERPARTY" as const,
      baseStatus: { in: [...ANSWERED_STATUSES] },
    };
    const before = await tx.invoice.findFirst({ where, select: { baseStatus: true, remarks: true } });
    const { count } = await tx.invoice.updateMany({
      where,
      data: { status: "CREATED", baseStatus: "CREATED", remarks: null, version: { increment: 1 }, updatedAt: now },
    });
    const row = await tx.invoice.findUnique({ where: { businessId_id: { businessId, id } } });
    if (!row) throw notFound("invoice");
    if (count === 0) {
      const refusal = whyNotPutBack(row) ?? (answerOf(row) && changedMeanwhile("invoice"));
      if (refusal) throw refusal;
      return toInvoice(invoiceRow.parse(row), now);
    }
    await recordAudit(tx, scope, {
      at: now,
      action: "invoice.put-back",
      subjectKind: "invoice",
      subjectId: id,
      before: { status: before?.baseStatus, remarks: before?.remarks },
      after: { status: "CREATED" },
    });
    await queueAnswer(tx, { businessId, invoiceId: id });
    return toInvoice(invoiceRow.parse(row), now);
  });
}
