import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { type LockedInvoice, lockInvoicesByObjectId, moveAmounts, whyNot } from "@/features/invoices/amounts";
import type { MessageRecord } from "@/features/messages/mutations/take";
import { insertLines } from "@/features/payments/lines";
import { type BookRefusal, toWireRefusal } from "@/features/payments/refusal";
import { type Refusal, refuse } from "@/features/protocol/errors";
import type { PaymentLineContent, ReqPayMessage } from "@/features/protocol/messages";
import type { Tx } from "@/lib/db";
import { ZERO } from "@/lib/money";

/**
 * A buyer somewhere has paid this supplier (seed 004): the incoming payment and what it claims of the invoices. Runs in the
 * transaction that takes the message; a refusal rolls it back.
 */
export async function receivePayment(
  tx: Tx,
  scope: BusinessScope,
  value: ReqPayMessage,
  { record, now }: { record: MessageRecord; now: Date },
): Promise<Refusal | null> {
  const { buyerB2BId, payment } = value;
  const { objectId, type, mode, utr, paidAt, net, adjustment, total } = payment;
  const buyer = await tx.counterparty.findUnique({
    where: { businessId_b2bId: { businessId: scope.businessId, b2bId: buyerB2BId } },
    select: { name: true },
  });
  const { count } = await tx.payment.createMany({
    data: [
      {
        businessId: scope.businessId,
        objectId,
        side: "INCOMING",
        counterpartyB2BId: buyerB2BId,
        counterpartyName: buyer?.name ?? buyerB2BId,
        type,
        mode,
        utr,
        paidAt,
        net,
        adjustment,
        total,
        status: "AWAITING_CONFIRMATION",
        requestHash: record.contentHash,
        createdBy: scope.actor.name,
        createdAt: now,
        updatedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  // Its message was new, so the id belongs to a payment that this business made itself.
  if (count === 0) return refuse("DUPLICATE_CONFLICT", "payment.objectId");
  // Nobody has an invoice with a party that isn't known. One that has come since would leave the payment without its buyer's name.
  if (!buyer) return toWireRefusal({ code: "INVOICE_NOT_FOUND", line: 0 });

  const matched = await matchInvoices(tx, scope, value);
  if ("code" in matched) return toWireRefusal(matched);
  await insertLines(
    tx,
    scope,
    objectId,
    matched.map(({ content, invoice }) => ({ content, invoiceId: invoice.id })),
  );
  const moves = matched.map(({ content, invoice }) => ({
    invoice,
    paid: ZERO,
    pending: content.total,
    version: content.newVersion,
  }));
  await moveAmounts(tx, scope, moves, now);
  await recordAudit(tx, scope, {
    at: now,
    action: "payment.received",
    subjectKind: "payment",
    subjectId: objectId,
    after: receivedAudit(value),
  });
  return null;
}

/** What the audit trail says of a payment that came in. */
export function receivedAudit({ buyerB2BId, payment: { net, adjustment, total, utr, mode, type } }: ReqPayMessage) {
  return { status: "AWAITING_CONFIRMATION", buyerB2BId, net, adjustment, total, utr, mode, type };
}

/** Locks the invoices and finds each line's; one that isn't this buyer's, or can't take the amount, refuses the payment. */
async function matchInvoices(
  tx: Tx,
  scope: BusinessScope,
  { buyerB2BId, payment: { lines } }: ReqPayMessage,
): Promise<{ content: PaymentLineContent; invoice: LockedInvoice }[] | BookRefusal> {
  const objectIds = lines.map((line) => line.invoiceObjectId);
  const theirs = { side: "RECEIVABLE", counterpartyB2BId: buyerB2BId } as const;
  const locked = await lockInvoicesByObjectId(tx, scope, theirs, objectIds);
  const byObjectId = new Map(locked.map((invoice) => [invoice.objectId, invoice]));
  const matched = [];
  for (const [line, content] of lines.entries()) {
    const invoice = byObjectId.get(content.invoiceObjectId);
    if (!invoice) return { code: "INVOICE_NOT_FOUND", line };
    if (invoice.supplierInvoiceNumber !== content.supplierInvoiceNumber) return { code: "INVOICE_MISMATCH", line };
    const code = whyNot(invoice, content.total);
    if (code) return { code, line, invoice, amount: content.total };
    matched.push({ content, invoice });
  }
  return matched;
}
