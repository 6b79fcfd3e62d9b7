import { REQ_PAY_CONFIRMATION_EXAMPLE, REQ_PAY_EXAMPLE } from "@/features/protocol/examples";
import type { ReqPay, ReqPayConfirmation } from "@/features/protocol/schema";
import { signWebhook } from "@/features/protocol/signing";
import { mintPaymentObjectId, uuidv7 } from "@/lib/ids";
import { SECRET } from "@/sandbox/testing/portal";

export const BUYER = REQ_PAY_EXAMPLE.b2bIds.buyerB2BId;
export const SUPPLIER = REQ_PAY_EXAMPLE.b2bIds.supplierB2BId;

/** A valid req-pay of a new payment. */
export function aPayment(change: Partial<ReqPay["b2bIds"]> & { type?: ReqPay["payment"]["type"] } = {}): ReqPay {
  const { type = "OFFPLATFORM", ...ids } = change;
  return {
    ...REQ_PAY_EXAMPLE,
    b2bIds: { ...REQ_PAY_EXAMPLE.b2bIds, ...ids },
    payment: { ...REQ_PAY_EXAMPLE.payment, objectId: mintPaymentObjectId(), type },
  };
}

/** The supplier's answer to a payment. */
export function anAnswer(
  { b2bIds, payment }: ReqPay,
  supplierResponse: "ACCEPT" | "REJECT" = "ACCEPT",
  supplierRemarks = "Received, thank you",
): ReqPayConfirmation {
  const { paymentConfirmation } = REQ_PAY_CONFIRMATION_EXAMPLE;
  const { objectId, type } = payment;
  return {
    ...REQ_PAY_CONFIRMATION_EXAMPLE,
    b2bIds,
    paymentConfirmation: { ...paymentConfirmation, objectId, type, supplierResponse, supplierRemarks },
  };
}

export interface NetworkReply {
  readonly status: number;
  readonly body: { response_code: number; response_message: string; payload: unknown };
}

/** Sends a message to the network as a portal does: signed, under a `webhook-id`. */
export async function sendTo(
  networkUrl: string,
  content: ReqPay | ReqPayConfirmation,
  { webhookId = uuidv7(), secret = SECRET }: { webhookId?: string; secret?: string } = {},
): Promise<NetworkReply> {
  const path = "payment" in content ? "req-pay" : "req-pay-confirmation";
  const body = JSON.stringify(content);
  const signed = signWebhook({ webhookId, body, secrets: [secret], now: new Date() });
  const response = await fetch(`${networkUrl}/api/v0/payment/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...signed },
    body,
  });
  return { status: response.status, body: (await response.json()) as NetworkReply["body"] };
}
