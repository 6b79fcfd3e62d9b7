import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { PaymentLineContent } from "@/features/protocol/messages";
import type { Tx } from "@/lib/db";

/** Writes a payment's lines as its message says them, on either side; amounts in paise. */
export async function insertLines(
  tx: Tx,
  scope: BusinessScope,
  paymentObjectId: string,
  lines: readonly { invoiceId: string; content: PaymentLineContent }[],
): Promise<void> {
  await tx.paymentLine.createMany({
    data: lines.map(({ invoiceId, content }, position) => ({
      businessId: scope.businessId,
      paymentObjectId,
      invoiceId,
      position,
      net: content.net,
      adjustment: content.adjustment,
      total: content.total,
      splits: content.splits.map(({ name, value, refNo }) => ({ name, value, refNo })),
      invoiceTotal: content.invoiceTotal,
      invoiceDue: content.invoiceDue,
      currentVersion: content.currentVersion,
      newVersion: content.newVersion,
      currentStatus: content.currentStatus,
      newStatus: content.newStatus,
    })),
  });
}
