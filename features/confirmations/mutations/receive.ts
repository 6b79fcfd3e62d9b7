import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { settleSent } from "@/features/messages/mutations/settle";
import { type LockedPayment, lockPayment, movePayment, NO_FAILURE } from "@/features/payments/lock";
import { sourcesOf, wasTold } from "@/features/payments/rules";
import { type Refusal, refuse } from "@/features/protocol/errors";
import type { ConfirmationContent, ReqPayConfirmationMessage } from "@/features/protocol/messages";
import type { Tx } from "@/lib/db";

const STATUS_OF = { ACCEPT: "ACCEPTED", REJECT: "REJECTED" } as const;

/**
 * A supplier has answered this buyer's payment (seed 000). It may overtake the resp-pay, or come after a FAILURE that some platform on
 * the way gave: what the supplier says about the money stands, as far as the bills can still take it.
 */
export async function receiveConfirmation(
  tx: Tx,
  scope: BusinessScope,
  { supplierB2BId, confirmation }: ReqPayConfirmationMessage,
  now: Date,
): Promise<Refusal | null> {
  const payment = await lockPayment(tx, scope, "OUTGOING", confirmation.objectId);
  if (!payment || !wasTold(payment)) return refuse("PAYMENT_NOT_FOUND", "paymentConfirmation.objectId");
  if (payment.counterpartyB2BId !== supplierB2BId) return refuse("PAYMENT_NOT_FOUND", "b2bIds.supplierB2BId");
  const refusal = differenceFrom(payment, confirmation);
  if (refusal) return refusal;

  const to = STATUS_OF[confirmation.supplierResponse];
  // Equal messages got their first reply before this; so this one says something else than the answer that stands.
  if (!sourcesOf(to).includes(payment.status))
    return refuse("ALREADY_ANSWERED", "paymentConfirmation.supplierResponse");

  const versions = new Map(confirmation.invoices.map((invoice) => [invoice.invoiceObjectId, invoice.newVersion]));
  const bookRefusal = await movePayment(
    tx,
    scope,
    payment,
    {
      to,
      data: {
        supplierResponse: confirmation.supplierResponse,
        supplierRemarks: confirmation.supplierRemarks,
        respondedBy: payment.counterpartyName,
        respondedAt: confirmation.respondedAt,
        ...NO_FAILURE,
      },
      action: to === "ACCEPTED" ? "payment.accepted" : "payment.rejected",
      versions: new Map(payment.lines.map((line) => [line.invoiceId, versions.get(line.invoice.objectId) ?? 0])),
    },
    now,
  );
  if (bookRefusal) {
    // Counted among the payment's lines, which the message may list in another order.
    const line = payment.lines.find(({ position }) => position === bookRefusal.line);
    const at = confirmation.invoices.findIndex(({ invoiceObjectId }) => invoiceObjectId === line?.invoice.objectId);
    return refuse(bookRefusal.code, `paymentConfirmation.invoiceInfos[${at}].objectId`);
  }
  await settleSent(tx, scope, { operation: "REQ_PAY", objectId: payment.objectId, revision: 0 }, now);
  return null;
}

/**
 * Where a confirmation speaks of another payment than the one on record, or null. Shared by both confirmation messages. A REJECT may
 * name an invoice by the id that it had before the supplier's own took its place: whoever told us that the payment had failed was wrong,
 * and the supplier must be able to end it. An ACCEPT may not: its money would be on one invoice there, and on another here.
 */
export function differenceFrom(
  payment: LockedPayment,
  { type, supplierResponse, invoices }: ConfirmationContent,
): Refusal | null {
  if (payment.type !== type) return refuse("PAYMENT_MISMATCH", "paymentConfirmation.type");
  if (supplierResponse === "REJECT" && payment.type !== "OFFPLATFORM")
    return refuse("REJECT_NOT_ALLOWED", "paymentConfirmation.supplierResponse");
  const lineOf = (objectId: string) =>
    payment.lines.find(
      ({ invoice }) =>
        invoice.objectId === objectId || (supplierResponse === "REJECT" && invoice.ownObjectId === objectId),
    );
  const stranger = invoices.findIndex((invoice) => !lineOf(invoice.invoiceObjectId));
  if (stranger >= 0) return refuse("INVOICE_MISMATCH", `paymentConfirmation.invoiceInfos[${stranger}].objectId`);
  const named = new Set(invoices.map((invoice) => lineOf(invoice.invoiceObjectId)));
  const isEach = named.size === payment.lines.length && named.size === invoices.length;
  return isEach ? null : refuse("INVOICE_MISMATCH", "paymentConfirmation.invoiceInfos");
}
