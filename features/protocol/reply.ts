import { ERRORS, type Refusal } from "@/features/protocol/errors";
import type {
  PaymentConfirmationResponse,
  PaymentResponse,
  ReqPay,
  ReqPayConfirmation,
  StringAck,
} from "@/features/protocol/schema";

/** An HTTP reply: its status, and the body that is sent as JSON. */
export interface WireReply<Payload = unknown> {
  readonly status: number;
  readonly body: { readonly response_code: number; readonly response_message: string; readonly payload: Payload };
}

/** What a refusal gives back of the message it refuses, as far as that could be parsed. */
export interface Echo {
  readonly b2bIds?: unknown;
  readonly payment?: unknown;
  readonly additionalInfos?: unknown;
  readonly paymentConfirmation?: unknown;
  readonly additionalInfo?: unknown;
}

export interface RefusalPayload {
  readonly resp: { reqMsgId: string; result: "FAILURE"; errorCd: string; errorDtl: string; errorField: string };
}

const success = { result: "SUCCESS", errorCd: "", errorDtl: "", errorField: "" } as const;

function taken<Payload>(payload: Payload): WireReply<Payload> {
  return { status: 200, body: { response_code: 0, response_message: "Success", payload } };
}

/** The string ack (seeds 001, 002, 003): the message was taken; `reqMsgId` is what its outcome will be matched by. */
export function ackReply(reqMsgId: string): WireReply<StringAck["payload"]> {
  return { status: 200, body: { payload: reqMsgId, response_code: 0, response_message: "Success" } };
}

/** The req-pay webhook's success (seed 004): the payment comes back as it was sent. */
export function paymentReply(reqMsgId: string, request: ReqPay): WireReply<PaymentResponse> {
  const { b2bIds, payment, additionalInfos } = request;
  return taken({ resp: { reqMsgId, ...success }, b2bIds, payment, additionalInfos: additionalInfos ?? [] });
}

/** The req-pay-confirmation webhook's success (seed 000): the confirmation comes back as it was sent. */
export function confirmationReply(
  reqMsgId: string,
  request: ReqPayConfirmation,
): WireReply<PaymentConfirmationResponse> {
  const { b2bIds, paymentConfirmation } = request;
  return taken({ resp: { reqMsgId, ...success }, b2bIds, paymentConfirmation, additionalInfo: [] });
}

/**
 * What is kept of a reply that says yes: all but the content that it gives back, which is the message's own and made again from it
 * when the message comes once more.
 */
export function withoutEcho({ body }: WireReply): object {
  const { payload } = body;
  if (typeof payload !== "object" || payload === null || !("resp" in payload)) return body;
  return { ...body, payload: { resp: payload.resp } };
}

/**
 * Any "no", errors too: HTTP 200 with `response_code` 1 for a business answer, else both are the code's status.
 * `echo` is the request as parsed, when it could be: its ids and content go back, its device does not.
 */
export function refusalReply(refusal: Refusal, reqMsgId: string, echo?: Echo): WireReply<RefusalPayload> {
  const { status } = ERRORS[refusal.code];
  const resp = {
    reqMsgId,
    result: "FAILURE",
    errorCd: refusal.code,
    errorDtl: refusal.detail,
    errorField: refusal.field,
  } as const;
  return {
    status,
    body: {
      response_code: status === 200 ? 1 : status,
      response_message: refusal.detail,
      payload: { resp, ...echoed(echo) },
    },
  };
}

function echoed(echo: Echo | undefined): object {
  if (!echo) return {};
  const { b2bIds, payment, additionalInfos, paymentConfirmation, additionalInfo } = echo;
  if (payment) return { b2bIds, payment, additionalInfos: additionalInfos ?? [] };
  if (paymentConfirmation) return { b2bIds, paymentConfirmation, additionalInfo: additionalInfo ?? [] };
  return {};
}
