import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Invoice } from "@/features/invoices/api";
import { queueAnswer } from "@/features/invoices/mutations/queue-share";
import { whyNotAnswerable } from "@/features/invoices/refusal";
import { invoiceRow, toInvoice } from "@/features/invoices/row";
import type { AnsweredStatus } from "@/features/invoices/rules";
import type { InvoiceAnswer, InvoiceResponse } from "@/features/invoices/schema";
import { transact } from "@/lib/db";
import { changedMeanwhile, notFound } from "@/lib/errors";

const STATUS_OF: Record<InvoiceResponse, AnsweredStatus> = { RETURN: "RETURNED", REJECT: "REJECTED" };
const ACTION_OF: Record<InvoiceResponse, string> = { RETURN: "invoice.returned", REJECT: "invoice.rejected" };

/**
 * Returns or rejects an invoice that the other party wrote, while nothing is paid or pending, and tells their books. Guarded by one
 * conditional write: a payment, a change of theirs, or another clerk's answer at the same moment either comes first, and this is
 * refused, or finds it answered. The same answer again changes nothing.
 * @throws AppError NOT_FOUND; CONFLICT, in words.
 */
export function answerInvoice(
  scope: BusinessScope,
  id: string,
  { response, remarks, version }: InvoiceAnswer,
  now: Date,
): Promise<Invoice> {
  const { businessId } = scope;
  const status = STATUS_OF[response];
  return transact(scope, async (tx) => {
    const { count } = await tx.invoice.updateMany({
      where: { businessId, id, version, origin: "COUNTERPARTY", paid: 0, pending: 0, baseStatus: "CREATED" },
      data: { status, baseStatus: status, remarks, version: { increment: 1 }, updatedAt: now },
    });
    const row = await tx.invoice.findUnique({ where: { businessId_id: { businessId, id } } });
    if (!row) throw notFound("invoice");
    if (count === 0) {
      const isSame = row.origin === "COUNTERPARTY" && row.baseStatus === status && row.remarks === remarks;
      if (!isSame) throw whyNotAnswerable(row) ?? changedMeanwhile("invoice");
      return toInvoice(invoiceRow.parse(row), now);
    }
    await recordAudit(tx, scope, {
      at: now,
      action: ACTION_OF[response],
      subjectKind: "invoice",
      subjectId: id,
      after: { status, remarks },
    });
    await queueAnswer(tx, { businessId, invoiceId: id });
    return toInvoice(invoiceRow.parse(row), now);
  });
}
