import type {
  InvoiceRef,
  PaymentContent,
  PaymentLineContent,
  ReqPayConfirmationMessage,
  ReqPayMessage,
} from "@/features/protocol/messages";
import type { ReqPay, ReqPayConfirmation } from "@/features/protocol/schema";
import { modeToWire } from "@/features/protocol/status-words";
import { paiseToRupees } from "@/lib/money";
import { toWireTimestamp } from "@/lib/time";

// What the portal sends: the opposite of from-wire.ts, field order as in the seeds.

const CURRENCY = "INR";

function device(geocode: string): ReqPay["device"] {
  return { tag: { name: "GEOCODE", value: geocode } };
}

function toInvoiceInfo(ref: InvoiceRef): ReqPayConfirmation["paymentConfirmation"]["invoiceInfos"][number] {
  return {
    objectId: ref.invoiceObjectId,
    supplierInvoiceNumber: ref.supplierInvoiceNumber,
    objectVersion: { currentVersion: ref.currentVersion, newVersion: ref.newVersion },
    statusTransition: { currentStatus: ref.currentStatus, newStatus: ref.newStatus },
  };
}

function toAmounts(amounts: Pick<PaymentContent, "net" | "adjustment" | "total">): ReqPay["payment"]["paymentAmount"] {
  return {
    netPaidAmount: paiseToRupees(amounts.net),
    netAdjustmentAmount: paiseToRupees(amounts.adjustment),
    totalAmount: paiseToRupees(amounts.total),
    currency: CURRENCY,
  };
}

function toInvoicePayInfo(line: PaymentLineContent): ReqPay["payment"]["invoicesPayInfos"][number] {
  return {
    ...toInvoiceInfo(line),
    invoiceAmount: {
      dueAmount: paiseToRupees(line.invoiceDue),
      totalAmount: paiseToRupees(line.invoiceTotal),
      currency: CURRENCY,
    },
    invoicePaymentAmount: {
      ...toAmounts(line),
      splits: line.splits.map(({ name, value, refNo }) => ({ name, value: paiseToRupees(value), refNo })),
    },
    supplierBankAccountDetails: { ...line.account },
  };
}

/** A payment as req-pay: `JSON.stringify` of it is what gets signed, stored and sent. */
export function toReqPay(message: ReqPayMessage): ReqPay {
  const { payment } = message;
  return {
    device: device(message.geocode),
    b2bIds: { buyerB2BId: message.buyerB2BId, supplierB2BId: message.supplierB2BId },
    payment: {
      objectId: payment.objectId,
      ts: toWireTimestamp(payment.paidAt),
      type: payment.type,
      mode: modeToWire(payment.mode),
      utr: payment.utr,
      currency: CURRENCY,
      paymentAmount: toAmounts(payment),
      invoicesPayInfos: payment.lines.map(toInvoicePayInfo),
    },
    additionalInfos: message.additionalInfos.map(({ name, value }) => ({ name, value })),
  };
}

/** A supplier's answer as req-pay-confirmation. */
export function toReqPayConfirmation(message: ReqPayConfirmationMessage): ReqPayConfirmation {
  const { confirmation } = message;
  return {
    device: device(message.geocode),
    b2bIds: { buyerB2BId: message.buyerB2BId, supplierB2BId: message.supplierB2BId },
    paymentConfirmation: {
      objectId: confirmation.objectId,
      ts: toWireTimestamp(confirmation.respondedAt),
      type: confirmation.type,
      supplierResponse: confirmation.supplierResponse,
      supplierRemarks: confirmation.supplierRemarks,
      invoiceInfos: confirmation.invoices.map(toInvoiceInfo),
    },
  };
}
