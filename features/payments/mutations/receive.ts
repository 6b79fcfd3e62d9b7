import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { lockInvoicesByObjectId, moveAmounts, whyNot } from "@/features/invoices/amounts";
import { type BookRefusal, toWireRefusal } from "@/features/payments/refusal";
import { fromWireMode } from "@/features/payments/wire";
import { contentHash } from "@/features/protocol/content-hash";
import { type Refusal, refuse } from "@/features/protocol/errors";
import { paymentReply, type WireReply } from "@/features/protocol/reply";
import type { ReqPay } from "@/features/protocol/schema";
import type { Tx } from "@/lib/db";
import { fromWireRupees, type Paise, ZERO } from "@/lib/money";

type PayInfo = ReqPay["payment"]["invoicesPayInfos"][number];

/** One invoice's share of a wire payment, in paise. */
function amountsOf({ invoicePaymentAmount: amount }: PayInfo): { net: Paise; adjustment: Paise; total: Paise } {
  return {
    net: fromWireRupees(amount.netPaidAmount),
    adjustment: fromWireRupees(amount.netAdjustmentAmount),
    total: fromWireRupees(amount.totalAmount),
  };
}

/**
 * A buyer somewhere has paid this supplier (seed 004): the incoming payment and what it claims of the invoices. Runs in the
 * transaction that takes the message; a refusal rolls it back.
 */
export async function receivePayment(
  tx: Tx,
  scope: BusinessScope,
  message: ReqPay,
  reqMsgId: string,
  now: Date,
): Promise<{ reply: WireReply } | { refusal: Refusal }> {
  const { b2bIds, payment } = message;
  const buyer = await tx.counterparty.findUnique({
    where: { businessId_b2bId: { businessId: scope.businessId, b2bId: b2bIds.buyerB2BId } },
    select: { name: true },
  });
  const { count } = await tx.payment.createMany({
    data: [
      {
        businessId: scope.businessId,
        objectId: payment.objectId,
        side: "INCOMING",
        counterpartyB2BId: b2bIds.buyerB2BId,
        counterpartyName: buyer?.name ?? b2bIds.buyerB2BId,
        type: payment.type,
        mode: fromWireMode(payment.mode),
        utr: payment.utr,
        paidAt: new Date(payment.ts),
        net: fromWireRupees(payment.paymentAmount.netPaidAmount),
        adjustment: fromWireRupees(payment.paymentAmount.netAdjustmentAmount),
        total: fromWireRupees(payment.paymentAmount.totalAmount),
        status: "AWAITING_CONFIRMATION",
        requestHash: contentHash(payment),
        createdBy: scope.actor.name,
        createdAt: now,
        updatedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  // Its message was new, so the id belongs to a payment that this business made itself.
  if (count === 0) return { refusal: refuse("DUPLICATE_CONFLICT", "payment.objectId") };

  const refusal = await claim(tx, scope, message, now);
  if (refusal) return { refusal: toWireRefusal(refusal) };
  await recordAudit(tx, scope, {
    action: "payment.received",
    subjectKind: "payment",
    subjectId: payment.objectId,
    after: { status: "AWAITING_CONFIRMATION", buyer: b2bIds.buyerB2BId, ...payment.paymentAmount, utr: payment.utr },
  });
  return { reply: paymentReply(reqMsgId, message) };
}

async function claim(tx: Tx, scope: BusinessScope, { b2bIds, payment }: ReqPay, now: Date): Promise<BookRefusal | null> {
  const infos = payment.invoicesPayInfos;
  const objectIds = infos.map((info) => info.objectId);
  const locked = await lockInvoicesByObjectId(tx, scope, "RECEIVABLE", objectIds);
  const byObjectId = new Map(locked.map((invoice) => [invoice.objectId, invoice]));
  const matched = [];
  for (const [line, info] of infos.entries()) {
    const invoice = byObjectId.get(info.objectId);
    if (!invoice || invoice.counterpartyB2BId !== b2bIds.buyerB2BId) return { code: "INVOICE_NOT_FOUND", line };
    if (invoice.supplierInvoiceNumber !== info.supplierInvoiceNumber) return { code: "INVOICE_MISMATCH", line, invoice };
    const amounts = amountsOf(info);
    const code = whyNot(invoice, amounts.total);
    if (code) return { code, line, invoice, amount: amounts.total };
    matched.push({ info, invoice, amounts });
  }
  await tx.paymentLine.createMany({
    data: matched.map(({ info, invoice, amounts }, position) => ({
      businessId: scope.businessId,
      paymentObjectId: payment.objectId,
      invoiceId: invoice.id,
      position,
      ...amounts,
      splits: (info.invoicePaymentAmount.splits ?? []).map(({ name, value, refNo }) => ({
        name,
        value: fromWireRupees(value),
        refNo: refNo ?? "",
      })),
      invoiceTotal: fromWireRupees(info.invoiceAmount.totalAmount),
      invoiceDue: fromWireRupees(info.invoiceAmount.dueAmount),
      currentVersion: info.objectVersion.currentVersion,
      newVersion: info.objectVersion.newVersion,
      currentStatus: info.statusTransition.currentStatus,
      newStatus: info.statusTransition.newStatus,
    })),
  });
  await moveAmounts(
    tx,
    scope,
    matched.map(({ info, invoice, amounts }) => ({
      invoice,
      paid: ZERO,
      pending: amounts.total,
      version: info.objectVersion.newVersion,
    })),
    now,
  );
  return null;
}
