import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Incoming } from "@/features/gateway/operation";
import type { Taken } from "@/features/messages/mutations/take";
import { takeAtOnce } from "@/features/messages/mutations/take-at-once";
import { receivedAudit } from "@/features/payments/mutations/receive";
import type { ReqPayMessage, RespPayMessage } from "@/features/protocol/messages";
import { ackReply, paymentReply } from "@/features/protocol/reply";
import type { ReqPay } from "@/features/protocol/schema";
import { mintReqMsgId } from "@/lib/ids";

/** As `receivePayment` within `takeMessage`, in one round trip; null when that one has to be asked. */
export function receivePaymentAtOnce(
  scope: BusinessScope,
  { value, body }: { value: ReqPayMessage; body: ReqPay },
  { record, now }: Incoming,
): Promise<Taken | null> {
  const reqMsgId = mintReqMsgId();
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
  const { objectId, type, mode, utr, paidAt, net, adjustment, total } = payment;
  const said = {
    ...{ buyer: buyerB2BId, type, mode, utr, paidAt, net, adjustment, total, lines },
    after: JSON.stringify(receivedAudit(value)),
  };
  return takeAtOnce("take_req_pays", scope, {
    objectId,
    reqMsgId,
    record,
    now,
    reply: paymentReply(reqMsgId, body),
    said,
  });
}

/** As `receivePaymentOutcome` within `takeMessage`, for a SUCCESS, in one round trip; null when that one has to be asked. */
export async function receivePaymentSuccessAtOnce(
  scope: BusinessScope,
  { resp, supplierB2BId, payment }: RespPayMessage,
  { record, now }: Incoming,
): Promise<Taken | null> {
  if (resp.result !== "SUCCESS") return null;
  const reqMsgId = mintReqMsgId();
  const { objectId, total } = payment;
  const said = { supplier: supplierB2BId, total, sentReqMsgId: resp.reqMsgId };
  return takeAtOnce("take_resp_pays", scope, { objectId, reqMsgId, record, now, reply: ackReply(reqMsgId), said });
}
