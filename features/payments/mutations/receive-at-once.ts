import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Incoming } from "@/features/gateway/operation";
import type { Taken } from "@/features/messages/mutations/take";
import { takeAtOnce } from "@/features/messages/mutations/take-at-once";
import { receivedAudit } from "@/features/payments/mutations/receive";
import { contentHash } from "@/features/protocol/content-hash";
import type { ReqPayMessage, RespPayMessage } from "@/features/protocol/messages";
import { ackReply, paymentReply } from "@/features/protocol/reply";
import type { ReqPay } from "@/features/protocol/schema";
import { mintReqMsgId, uuidv7 } from "@/lib/ids";

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
  return takeAtOnce("take_req_pay", scope, { reqMsgId, record, now, reply: paymentReply(reqMsgId, body) }, [
    ...[objectId, buyerB2BId, type, mode, utr, paidAt, net, adjustment, total],
    ...[contentHash(body.payment), JSON.stringify(lines), uuidv7(), JSON.stringify(receivedAudit(value))],
  ]);
}

/** As `receivePaymentOutcome` within `takeMessage`, for a SUCCESS, in one round trip; null when that one has to be asked. */
export async function receivePaymentSuccessAtOnce(
  scope: BusinessScope,
  { resp, supplierB2BId, payment }: RespPayMessage,
  { record, now }: Incoming,
): Promise<Taken | null> {
  if (resp.result !== "SUCCESS") return null;
  const reqMsgId = mintReqMsgId();
  return takeAtOnce("take_resp_pay", scope, { reqMsgId, record, now, reply: ackReply(reqMsgId) }, [
    ...[payment.objectId, supplierB2BId, payment.total, resp.reqMsgId, uuidv7()],
  ]);
}
