import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { type LockedInvoice, lockInvoices } from "@/features/invoices/amounts";
import { statusOf } from "@/features/invoices/rules";
import { splitsColumn } from "@/features/payments/line-row";
import { restateLines } from "@/features/payments/lines";
import { type LockedPayment, lockPayment, movePayment } from "@/features/payments/lock";
import { tellSupplier } from "@/features/payments/mutations/tell";
import { additionalInfosSchema, type PaymentRequest } from "@/features/payments/schema";
import { type MatchedLine, reqPayOf } from "@/features/payments/wire";
import { type Tx, transact } from "@/lib/db";
import { paise, subtract } from "@/lib/money";

export type ApproveOutcome = "approved" | "not-found" | "not-waiting" | "own";

/**
 * A second person approves a payment: only now is its supplier told, of its bills as they are now. "own" for who made it, whatever their
 * role; the caller has seen to it that a person asks, and one that may pay.
 */
export function approvePayment(scope: BusinessScope, objectId: string, now: Date): Promise<ApproveOutcome> {
  return transact(scope, async (tx) => {
    const payment = await lockPayment(tx, scope, "OUTGOING", objectId);
    if (!payment) return "not-found";
    if (payment.status !== "AWAITING_APPROVAL") return "not-waiting";
    if (payment.makerId === scope.actor.id) return "own";

    const lines = await matchLines(tx, scope, payment);
    const data = { approvedBy: scope.actor.name, approvedAt: now };
    const versions = new Map(lines.map(({ invoice }) => [invoice.id, invoice.version + 1]));
    await movePayment(tx, scope, payment, { to: "SENDING", data, action: "payment.approved", versions }, now);

    const businessId = scope.businessId;
    const buyer = await tx.business.findUniqueOrThrow({ where: { id: businessId }, select: { geocode: true } });
    const supplier = await tx.counterparty.findUniqueOrThrow({
      where: { businessId_b2bId: { businessId, b2bId: payment.counterpartyB2BId } },
    });
    const request = requestOf(payment, lines);
    const message = reqPayOf({ request, lines, buyer: { b2bId: scope.b2bId, ...buyer }, supplier });
    await restateLines(
      tx,
      scope,
      objectId,
      message.payment.lines.map((content, index) => ({ invoiceId: lines[index]?.invoice.id ?? "", content })),
    );
    await tellSupplier(tx, scope, message, now);
    return "approved";
  });
}

/** The payment's lines with their bills, locked, as these would be without what it claims of them. */
async function matchLines(tx: Tx, scope: BusinessScope, { objectId, lines }: LockedPayment): Promise<MatchedLine[]> {
  const ids = lines.map((line) => line.invoiceId);
  const byId = new Map((await lockInvoices(tx, scope, ids)).map((invoice) => [invoice.id, invoice]));
  return lines.map((line) => {
    const invoice = byId.get(line.invoiceId);
    if (!invoice) throw new Error(`invoice ${line.invoiceId} of payment ${objectId} is missing`);
    const splits = splitsColumn
      .parse(line.splits)
      .map(({ value, ...split }) => ({ ...split, valuePaise: paise(value) }));
    const [netPaise, adjustmentPaise] = [paise(line.net), paise(line.adjustment)];
    return { line: { invoiceId: line.invoiceId, netPaise, adjustmentPaise, splits }, invoice: without(invoice, line) };
  });
}

function without(invoice: LockedInvoice, { total }: { total: bigint }): LockedInvoice {
  const books = { ...invoice, pending: subtract(invoice.pending, paise(total)) };
  return { ...books, status: statusOf(books) };
}

/** What its maker had asked for. */
function requestOf(payment: LockedPayment, lines: readonly MatchedLine[]): PaymentRequest {
  const { objectId, counterpartyB2BId: supplierB2BId, type, mode, utr, paidAt, geocode, additionalInfos } = payment;
  return {
    objectId,
    supplierB2BId,
    type,
    mode,
    utr,
    paidAt: paidAt.toISOString(),
    lines: lines.map(({ line }) => line),
    additionalInfos: additionalInfosSchema.parse(additionalInfos ?? []),
    ...(geocode !== null && { geocode }),
  };
}
