import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Taken, UsualMessage } from "@/features/messages/mutations/take";
import { takeAtOnce } from "@/features/messages/mutations/take-at-once";
import { receivedAudit } from "@/features/payments/mutations/receive";
import type { ReqPayMessage, RespPayMessage } from "@/features/protocol/messages";

/** As `receivePayment` within `takeMessage`, in one round trip; null when that one has to be asked. */
export function receivePaymentAtOnce(
  scope: BusinessScope,
  value: ReqPayMessage,
  message: UsualMessage,
  now: Date,
): Promise<Taken | null> {
  const { buyerB2BId, payment } = value;
  const lines = payment.lines.map((line, position) => ({
    objectId: line.invoiceObjectId,
    number: line.supplierInvoiceNumber,
    position,
    net: line.net,
    adjustment: line.adjustment,
    total: line.total,
    splits: line.splits,
    invoiceTotal: line.invoiceTotal,
    invoiceDue: line.invoiceDue,
    currentVersion: line.currentVersion,
    newVersion: line.newVersion,
    currentStatus: line.currentStatus,
    newStatus: line.newStatus,
  }));
  const { type, mode, utr, paidAt, net, adjustment, total } = payment;
  return takeAtOnce("take_req_pays", scope, message, now, {
    buyer: buyerB2BId,
    type,
    mode,
    utr,
    paidAt,
    net,
    adjustment,
    total,
    lines,
    after: JSON.stringify(receivedAudit(value)),
  });
}

/** As `receivePaymentOutcome` within `takeMessage`, for a SUCCESS, in one round trip; null when that one has to be asked. */
export async function receivePaymentSuccessAtOnce(
  scope: BusinessScope,
  { resp, supplierB2BId, payment }: RespPayMessage,
  message: UsualMessage,
  now: Date,
): Promise<Taken | null> {
  if (resp.result !== "SUCCESS") return null;
  const said = { supplier: supplierB2BId, total: payment.total, sentReqMsgId: resp.reqMsgId || null };
  return takeAtOnce("take_resp_pays", scope, message, now, said);
}
