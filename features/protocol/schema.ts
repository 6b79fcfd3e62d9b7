import { z } from "zod";
import {
  additionalInfos,
  amount,
  b2bId,
  currency,
  invoiceObjectId,
  paymentObjectId,
  reqMsgId,
  supplierRemarks,
  text,
  timestamp,
  utr,
  version,
  wireStatus,
} from "@/features/protocol/fields";
import { PAYMENT_TYPES, RESULTS, SUPPLIER_RESPONSES, WIRE_MODES } from "@/features/protocol/vocabulary";

// The messages as they stand on the wire, field names to the letter of the seeds. Fields nobody here knows are dropped when
// parsing; the raw body is kept. What one field must be to another (sums, order) is in consistency.ts: it needs a clean message.

const Device = z.object({ tag: z.object({ name: z.literal("GEOCODE"), value: text(100, 1) }) });
const B2BIds = z.object({ buyerB2BId: b2bId, supplierB2BId: b2bId });
const ObjectVersion = z.object({ currentVersion: version, newVersion: version });
const Split = z.object({ name: text(100, 1), value: amount, refNo: text(100).nullish() });
const BankAccountDetails = z.object({
  maskedAccountNumber: text(100).nullish(),
  ifsc: text(100).nullish(),
  beneficiaryName: text(200).nullish(),
  businessVPA: text(255).nullish(),
});

const InvoiceInfo = z.object({
  objectId: invoiceObjectId,
  supplierInvoiceNumber: text(100, 1),
  objectVersion: ObjectVersion,
  statusTransition: z.object({ currentStatus: wireStatus, newStatus: wireStatus }),
});

const amounts = { netPaidAmount: amount, netAdjustmentAmount: amount, totalAmount: amount };

const InvoicePayInfo = InvoiceInfo.extend({
  invoiceAmount: z.object({ dueAmount: amount, totalAmount: amount, currency }),
  invoicePaymentAmount: z.object({ ...amounts, currency, splits: z.array(Split).max(50).nullish() }),
  supplierBankAccountDetails: BankAccountDetails,
});

const Payment = z.object({
  objectId: paymentObjectId,
  ts: timestamp,
  type: z.enum(PAYMENT_TYPES),
  mode: z.enum(WIRE_MODES),
  utr,
  currency,
  paymentAmount: z.object({ ...amounts, currency }),
  invoicesPayInfos: z.array(InvoicePayInfo).min(1).max(500),
});

/** Pay Invoices, and the Payment Request Webhook: `POST /api/v0/payment/req-pay` (seeds 003, 004). */
export const ReqPay = z.object({
  device: Device,
  b2bIds: B2BIds,
  payment: Payment,
  additionalInfos: additionalInfos.nullish(),
});

// The payment as resp-pay carries it back: plain strings in its seed (002), without patterns. Amounts stay amounts. There may be no
// invoices in it: of a FAILURE nothing matters but whose payment it is.
const plain = text(200);
const plainAmounts = { ...amounts, currency: plain };
const EchoedPayment = z.object({
  objectId: plain,
  ts: plain,
  type: plain,
  mode: plain,
  utr: plain,
  currency: plain,
  paymentAmount: z.object(plainAmounts),
  invoicesPayInfos: z
    .array(
      z.object({
        objectId: plain,
        supplierInvoiceNumber: plain,
        objectVersion: ObjectVersion,
        statusTransition: z.object({ currentStatus: plain, newStatus: plain }),
        invoiceAmount: z.object({ dueAmount: amount, totalAmount: amount, currency: plain }),
        invoicePaymentAmount: z.object({ ...plainAmounts, splits: z.array(Split).max(50).nullish() }),
        supplierBankAccountDetails: BankAccountDetails,
      }),
    )
    .max(500),
});
const PlainB2BIds = z.object({ buyerB2BId: plain, supplierB2BId: plain });

const errorCd = text(100);
const errorDtl = text(4000);
const errorField = text(1000);
const Resp = z.object({ reqMsgId, result: z.enum(RESULTS), errorCd, errorDtl, errorField });

/** Webhook Payment Response: `POST /api/v0/payment/resp-pay` (seed 002). */
export const RespPay = z.object({ resp: Resp, b2bIds: PlainB2BIds, payment: EchoedPayment, additionalInfos });

/** The payload of a req-pay webhook's reply (seed 004): the same shape as resp-pay. */
export const PaymentResponse = RespPay;

const PaymentConfirmation = z.object({
  objectId: paymentObjectId,
  ts: timestamp,
  type: z.enum(PAYMENT_TYPES),
  supplierResponse: z.enum(SUPPLIER_RESPONSES),
  supplierRemarks,
  invoiceInfos: z.array(InvoiceInfo).min(1).max(500),
});

/** Webhook Payment Confirmation Request: `POST /api/v0/payment/req-pay-confirmation` (seed 000). */
export const ReqPayConfirmation = z.object({
  device: Device,
  b2bIds: B2BIds,
  paymentConfirmation: PaymentConfirmation,
});

/** Webhook Payment Confirmation Response: `POST /api/v0/payment/resp-pay-confirmation` (seed 001). */
export const RespPayConfirmation = z.object({
  resp: z.object({
    reqMsgId,
    result: z.enum(RESULTS),
    errorCd: errorCd.nullish(),
    errorDtl: errorDtl.nullish(),
    errorField: errorField.nullish(),
  }),
  b2bIds: B2BIds,
  paymentConfirmation: PaymentConfirmation,
  additionalInfo: additionalInfos.nullish(),
});

/** The payload of a req-pay-confirmation webhook's reply (seed 000). */
export const PaymentConfirmationResponse = RespPayConfirmation;

/** What every reply has; `response_code` is 0, 1, or the HTTP status. */
export const Reply = z.object({ response_code: z.int(), response_message: z.string(), payload: z.unknown() });

/** The string ack: its payload is the `reqMsgId` to correlate by (seeds 001, 002, 003). */
export const StringAck = Reply.extend({ payload: z.string() });

export type ReqPay = z.infer<typeof ReqPay>;
export type RespPay = z.infer<typeof RespPay>;
export type PaymentResponse = z.infer<typeof PaymentResponse>;
export type ReqPayConfirmation = z.infer<typeof ReqPayConfirmation>;
export type RespPayConfirmation = z.infer<typeof RespPayConfirmation>;
export type PaymentConfirmationResponse = z.infer<typeof PaymentConfirmationResponse>;
export type Reply = z.infer<typeof Reply>;
export type StringAck = z.infer<typeof StringAck>;

/** The last part of each operation's path; which of the two req-pays it is, the caller's credential decides. */
export const OPERATIONS = ["req-pay", "resp-pay", "req-pay-confirmation", "resp-pay-confirmation"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** `/api/v0/payment/req-pay` and its three siblings, to be put after a base URL. */
export function operationPath(operation: Operation): string {
  return `/api/v0/payment/${operation}`;
}
