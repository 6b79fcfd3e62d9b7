import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { PaymentLineContent } from "@/features/protocol/messages";
import type { Tx } from "@/lib/db";
import { KEPT_PLAN } from "@/lib/kept-plans";

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

/** Writes anew what lines say of their invoices as they are when their message goes out; the payment's own amounts stay. */
export async function restateLines(
  tx: Tx,
  scope: BusinessScope,
  paymentObjectId: string,
  lines: readonly { invoiceId: string; content: PaymentLineContent }[],
): Promise<void> {
  const { businessId } = scope;
  const said = lines.map(({ content }) => content);
  const count = await tx.$executeRaw`${KEPT_PLAN}
    UPDATE payment_line
       SET invoice_total = said.invoice_total, invoice_due = said.invoice_due, current_version = said.current_version,
           new_version = said.new_version, current_status = said.current_status
      FROM unnest(${lines.map(({ invoiceId }) => invoiceId)}::uuid[], ${said.map((line) => BigInt(line.invoiceTotal))}::bigint[],
                  ${said.map((line) => BigInt(line.invoiceDue))}::bigint[], ${said.map((line) => line.currentVersion)}::int[],
                  ${said.map((line) => line.newVersion)}::int[], ${said.map((line) => line.currentStatus)}::text[])
             AS said(invoice_id, invoice_total, invoice_due, current_version, new_version, current_status)
     WHERE payment_line.business_id = ${businessId}::uuid AND payment_line.payment_object_id = ${paymentObjectId}
       AND payment_line.invoice_id = said.invoice_id`;
  if (count !== lines.length) throw new Error(`restated ${count} lines in place of ${lines.length}`);
}
