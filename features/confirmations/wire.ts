import type { Answer } from "@/features/confirmations/schema";
import type { LockedPayment } from "@/features/payments/lock";
import type { InvoiceRef, ReqPayConfirmationMessage, RespPayConfirmationMessage } from "@/features/protocol/messages";
import { parseRespPayConfirmation } from "@/features/protocol/parse";
import { parseJson } from "@/features/protocol/parse-json";
import type { ReqPayConfirmation } from "@/features/protocol/schema";
import { parseInstant } from "@/lib/time";

/** The req-pay-confirmation (seed 000) that carries a supplier's answer to the network. */
export function confirmationOf({
  payment,
  answer,
  invoices,
  supplier,
  now,
}: {
  payment: Pick<LockedPayment, "objectId" | "type" | "counterpartyB2BId">;
  answer: Answer;
  invoices: readonly InvoiceRef[];
  supplier: { b2bId: string; geocode: string };
  now: Date;
}): ReqPayConfirmationMessage {
  return {
    geocode: supplier.geocode,
    buyerB2BId: payment.counterpartyB2BId,
    supplierB2BId: supplier.b2bId,
    confirmation: {
      objectId: payment.objectId,
      respondedAt: now,
      type: payment.type,
      supplierResponse: answer.response,
      supplierRemarks: answer.remarks,
      invoices,
    },
  };
}

/** Whether a confirmation gives this answer: the same decision with the same remarks, whenever it was given. */
export function saysTheSame({ paymentConfirmation }: ReqPayConfirmation, { response, remarks }: Answer): boolean {
  return paymentConfirmation.supplierResponse === response && paymentConfirmation.supplierRemarks === remarks;
}

/** When the answer in a confirmation that was sent was given. @throws Error when its time can't be read: we wrote it. */
export function answeredAt({ paymentConfirmation: { ts } }: ReqPayConfirmation): Date {
  const instant = parseInstant(ts);
  if (!instant) throw new Error(`a confirmation was sent with the time ${ts}`);
  return instant;
}

/** An outcome that was taken, from its text. @throws Error when it can't be read: it was, once. */
export function outcomeIn({ body }: { body: string }): RespPayConfirmationMessage {
  const json = parseJson(Buffer.from(body));
  const outcome = json.ok ? parseRespPayConfirmation(json.value) : json;
  if (!outcome.ok) throw new Error("an outcome that was taken can't be read");
  return outcome.value;
}

/** A confirmation that was sent, from its text: we wrote it. */
export const confirmationIn = ({ body }: { body: string }): ReqPayConfirmation => JSON.parse(body);
