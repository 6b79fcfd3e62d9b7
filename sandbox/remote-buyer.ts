import { refuse } from "@/features/protocol/errors";
import { parseReqPayConfirmation } from "@/features/protocol/parse";
import { ackReply, confirmationReply, refusalReply, type WireReply } from "@/features/protocol/reply";
import { type ReqPay, RespPay } from "@/features/protocol/schema";
import { REMOTE_BUYER } from "@/sandbox/counterparties";
import type { Participant } from "@/sandbox/participants";
import { playParticipant } from "@/sandbox/played";
import { remember } from "@/sandbox/remember";

export type RemotePaymentStatus = "SENDING" | "AWAITING_CONFIRMATION" | "FAILED" | "ACCEPTED" | "REJECTED";

/** A payment in the remote buyer's own books; amounts in rupees, as on the wire. */
export interface RemotePayment {
  readonly objectId: string;
  readonly supplierB2BId: string;
  readonly type: string;
  readonly mode: string;
  readonly utr: string;
  readonly totalAmount: number;
  readonly invoices: readonly { objectId: string; supplierInvoiceNumber: string; totalAmount: number }[];
  status: RemotePaymentStatus;
  supplierRemarks: string | null;
  failure: { errorCd: string; errorDtl: string; errorField: string } | null;
}

const MAX_PAYMENTS = 2000;

/** The remote buyer's books: what it paid, and what came of it. */
export class RemoteBuyer {
  private readonly payments = new Map<string, RemotePayment>();

  participant(): Participant {
    return playParticipant(REMOTE_BUYER.name, (operation, value, reqMsgId) => {
      if (operation === "req-pay") return refusalReply(refuse("UNKNOWN_SUPPLIER", "b2bIds.supplierB2BId"), reqMsgId);
      if (operation === "req-pay-confirmation") return this.confirm(value, reqMsgId);
      if (operation === "resp-pay") this.outcome(value);
      return ackReply(reqMsgId);
    });
  }

  /** Newest first. */
  list(): RemotePayment[] {
    return [...this.payments.values()].reverse();
  }

  find(objectId: string): RemotePayment | undefined {
    return this.payments.get(objectId);
  }

  /** A payment that this buyer has sent. */
  sent({ b2bIds, payment }: ReqPay): void {
    const { objectId, type, mode, utr, paymentAmount, invoicesPayInfos } = payment;
    if (this.payments.has(objectId)) return;
    const sent: RemotePayment = {
      objectId,
      supplierB2BId: b2bIds.supplierB2BId,
      type,
      mode,
      utr,
      totalAmount: paymentAmount.totalAmount,
      invoices: invoicesPayInfos.map((line) => ({
        objectId: line.objectId,
        supplierInvoiceNumber: line.supplierInvoiceNumber,
        totalAmount: line.invoicePaymentAmount.totalAmount,
      })),
      status: "SENDING",
      supplierRemarks: null,
      failure: null,
    };
    remember(this.payments, objectId, sent, MAX_PAYMENTS);
  }

  /** A resp-pay. A confirmation may have overtaken it, and then stands. */
  outcome(value: unknown): void {
    const message = RespPay.safeParse(value).data;
    const payment = message && this.payments.get(message.payment.objectId);
    if (payment?.status !== "SENDING") return;
    const { result, errorCd, errorDtl, errorField } = message?.resp ?? { result: "SUCCESS" };
    payment.status = result === "SUCCESS" ? "AWAITING_CONFIRMATION" : "FAILED";
    if (result === "FAILURE")
      payment.failure = { errorCd: errorCd ?? "", errorDtl: errorDtl ?? "", errorField: errorField ?? "" };
  }

  /** A req-pay-confirmation: the supplier's answer ends the payment, once. */
  confirm(value: unknown, reqMsgId: string): WireReply {
    const parsed = parseReqPayConfirmation(value);
    if (!parsed.ok) return refusalReply(parsed.refusal, reqMsgId, parsed.body);
    const { confirmation, supplierB2BId } = parsed.value;
    const no = (...refusal: Parameters<typeof refuse>) => refusalReply(refuse(...refusal), reqMsgId, parsed.body);
    const payment = this.payments.get(confirmation.objectId);
    if (!payment) return no("PAYMENT_NOT_FOUND", "paymentConfirmation.objectId");
    if (payment.supplierB2BId !== supplierB2BId) return no("PAYMENT_NOT_FOUND", "b2bIds.supplierB2BId");
    if (payment.type !== confirmation.type) return no("PAYMENT_MISMATCH", "paymentConfirmation.type");
    const known = new Set(payment.invoices.map(({ objectId }) => objectId));
    const stranger = confirmation.invoices.findIndex(({ invoiceObjectId }) => !known.has(invoiceObjectId));
    if (stranger >= 0) return no("INVOICE_MISMATCH", `paymentConfirmation.invoiceInfos[${stranger}].objectId`);
    if (confirmation.invoices.length !== known.size) return no("INVOICE_MISMATCH", "paymentConfirmation.invoiceInfos");
    if (payment.status === "ACCEPTED" || payment.status === "REJECTED")
      return no("ALREADY_ANSWERED", "paymentConfirmation.supplierResponse");
    payment.status = confirmation.supplierResponse === "ACCEPT" ? "ACCEPTED" : "REJECTED";
    payment.supplierRemarks = confirmation.supplierRemarks;
    payment.failure = null;
    return confirmationReply(reqMsgId, parsed.body);
  }

  clear(): void {
    this.payments.clear();
  }
}
