import type { z } from "zod";
import { checkConfirmation, checkPayment } from "@/features/protocol/consistency";
import type { Refusal } from "@/features/protocol/errors";
import {
  toAdditionalInfos,
  toConfirmationContent,
  toEchoedPayment,
  toOutcome,
  toPaymentContent,
} from "@/features/protocol/from-wire";
import { refusalOf } from "@/features/protocol/issue-refusal";
import type {
  ReqPayConfirmationMessage,
  ReqPayMessage,
  RespPayConfirmationMessage,
  RespPayMessage,
} from "@/features/protocol/messages";
import { ReqPay, ReqPayConfirmation, RespPay, RespPayConfirmation } from "@/features/protocol/schema";

/**
 * A message in the portal's terms (`value`, amounts in paise) and as it stands on the wire without unknown fields (`body`),
 * or why it is not a valid message; then `body` is there when only the fields' relations are wrong, to be echoed.
 */
export type Parsed<Message, Body> =
  | { readonly ok: true; readonly value: Message; readonly body: Body }
  | { readonly ok: false; readonly refusal: Refusal; readonly body?: Body };

function parse<Message, Body>(
  schema: z.ZodType<Body>,
  raw: unknown,
  toMessage: (body: Body) => Message,
  check: (message: Message) => Refusal | null,
): Parsed<Message, Body> {
  const result = schema.safeParse(raw);
  if (!result.success) return { ok: false, refusal: refusalOf(result.error, raw) };
  const body = result.data;
  const value = toMessage(body);
  const refusal = check(value);
  return refusal ? { ok: false, refusal, body } : { ok: true, value, body };
}

/** Pay Invoices and the Payment Request Webhook (seeds 003, 004), of a body as `parseJson` gives it. */
export function parseReqPay(raw: unknown): Parsed<ReqPayMessage, ReqPay> {
  return parse(
    ReqPay,
    raw,
    (body): ReqPayMessage => ({
      buyerB2BId: body.b2bIds.buyerB2BId,
      supplierB2BId: body.b2bIds.supplierB2BId,
      geocode: body.device.tag.value,
      payment: toPaymentContent(body.payment),
      additionalInfos: toAdditionalInfos(body.additionalInfos),
    }),
    ({ payment }) => checkPayment(payment),
  );
}

/**
 * The outcome of a req-pay (seed 002). Only of a SUCCESS must the fields agree with each other: whoever could not make sense of a payment
 * may echo it wrongly, and if we refused that FAILURE too, the buyer's claims would be held for ever.
 */
export function parseRespPay(raw: unknown): Parsed<RespPayMessage, RespPay> {
  return parse(
    RespPay,
    raw,
    (body): RespPayMessage => ({
      resp: toOutcome(body.resp),
      buyerB2BId: body.b2bIds.buyerB2BId,
      supplierB2BId: body.b2bIds.supplierB2BId,
      payment: toEchoedPayment(body.payment),
      additionalInfos: toAdditionalInfos(body.additionalInfos),
    }),
    ({ resp, payment }) => (resp.result === "SUCCESS" ? checkPayment(payment) : null),
  );
}

/** A supplier's answer to a payment (seed 000). */
export function parseReqPayConfirmation(raw: unknown): Parsed<ReqPayConfirmationMessage, ReqPayConfirmation> {
  return parse(
    ReqPayConfirmation,
    raw,
    (body): ReqPayConfirmationMessage => ({
      buyerB2BId: body.b2bIds.buyerB2BId,
      supplierB2BId: body.b2bIds.supplierB2BId,
      geocode: body.device.tag.value,
      confirmation: toConfirmationContent(body.paymentConfirmation),
    }),
    ({ confirmation }) => checkConfirmation(confirmation),
  );
}

/** The outcome of a req-pay-confirmation (seed 001); of a FAILURE as little is asked as in `parseRespPay`. */
export function parseRespPayConfirmation(raw: unknown): Parsed<RespPayConfirmationMessage, RespPayConfirmation> {
  return parse(
    RespPayConfirmation,
    raw,
    (body): RespPayConfirmationMessage => ({
      resp: toOutcome(body.resp),
      buyerB2BId: body.b2bIds.buyerB2BId,
      supplierB2BId: body.b2bIds.supplierB2BId,
      confirmation: toConfirmationContent(body.paymentConfirmation),
      additionalInfos: toAdditionalInfos(body.additionalInfo),
    }),
    ({ resp, confirmation }) => (resp.result === "SUCCESS" ? checkConfirmation(confirmation) : null),
  );
}
