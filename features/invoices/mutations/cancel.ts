import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Invoice } from "@/features/invoices/api";
import { queueShare } from "@/features/invoices/mutations/queue-share";
import { whyNotCancellable } from "@/features/invoices/refusal";
import { invoiceRow, toInvoice } from "@/features/invoices/row";
import { transact } from "@/lib/db";
import { changedMeanwhile, notFound } from "@/lib/errors";

/**
 * Cancels an invoice that the business wrote itself, while nothing is paid or pending, and tells the other party's books. The same
 * paper bill may then be written down anew. Cancelling it again changes nothing.
 * @throws AppError NOT_FOUND; CONFLICT, in words.
 */
export function cancelInvoice(scope: BusinessScope, id: string, now: Date): Promise<Invoice> {
  return transact(scope, async (tx) => {
    const { count } = await tx.invoice.updateMany({
      where: {
        businessId: scope.businessId,
        id,
        origin: "OWN",
        paid: 0,
        pending: 0,
        baseStatus: { not: "CANCELLED" },
      },
      data: {
        status: "CANCELLED",
        baseStatus: "CANCELLED",
        remarks: null,
        duplicateKey: null,
        version: { increment: 1 },
        updatedAt: now,
      },
    });
    const row = await tx.invoice.findUnique({ where: { businessId_id: { businessId: scope.businessId, id } } });
    if (!row) throw notFound("invoice");
    if (count === 0) {
      if (row.origin === "OWN" && row.baseStatus === "CANCELLED") return toInvoice(invoiceRow.parse(row), now);
      throw whyNotCancellable(row) ?? changedMeanwhile("invoice");
    }
    await recordAudit(tx, scope, {
      at: now,
      action: "invoice.cancelled",
      subjectKind: "invoice",
      subjectId: id,
      after: { status: "CANCELLED" },
    });
    await queueShare(tx, { businessId: scope.businessId, invoiceId: id });
    return toInvoice(invoiceRow.parse(row), now);
  });
}
