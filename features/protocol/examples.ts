import type {
  PaymentConfirmationResponse,
  PaymentResponse,
  ReqPay,
  ReqPayConfirmation,
  RespPay,
  RespPayConfirmation,
  StringAck,
} from "@/features/protocol/schema";

// Each operation's example from its seed, field by field, with real values in the place of the placeholders.
// For tests, the API reference and the network sandbox.

const b2bIds = { buyerB2BId: "27AAPFU0939F1ZV@BCB", supplierB2BId: "29AAGCB7383J1Z4@BCB" };
const device: ReqPay["device"] = { tag: { name: "GEOCODE", value: "19.0760,72.8777" } };
const objectId = "PMT019aa0d5c1f07c3e8a4b5d6e7f809102";

const payment: ReqPay["payment"] = {
  objectId,
  ts: "2026-11-20T14:05:00+05:30",
  type: "OFFPLATFORM",
  mode: "NEFT",
  utr: "HDFCN26324123456",
  currency: "INR",
  paymentAmount: { netPaidAmount: 108000.5, netAdjustmentAmount: 2000, totalAmount: 110000.5, currency: "INR" },
  invoicesPayInfos: [
    {
      objectId: "INV019aa0d5c1f07c3e8a4b5d6e7f8091aa",
      supplierInvoiceNumber: "KM/2026-27/0141",
      objectVersion: { currentVersion: 1, newVersion: 2 },
      statusTransition: { currentStatus: "CREATED", newStatus: "PAYMENT INITIATED" },
      invoiceAmount: { dueAmount: 100000, totalAmount: 118000, currency: "INR" },
      invoicePaymentAmount: {
        netPaidAmount: 98000,
        netAdjustmentAmount: 2000,
        totalAmount: 100000,
        currency: "INR",
        splits: [{ name: "TDS", value: 2000, refNo: "194Q" }],
      },
      supplierBankAccountDetails: {
        maskedAccountNumber: "XXXXXXXX4417",
        ifsc: "HDFC0000123",
        beneficiaryName: "Kaveri Metals Private Limited",
        businessVPA: "kaverimetals@hdfcbank",
      },
    },
    {
      objectId: "INV019aa0d5c1f07c3e8a4b5d6e7f8091ab",
      supplierInvoiceNumber: "KM/2026-27/0142",
      objectVersion: { currentVersion: 1, newVersion: 2 },
      statusTransition: { currentStatus: "CREATED", newStatus: "PAYMENT INITIATED" },
      invoiceAmount: { dueAmount: 10000.5, totalAmount: 10000.5, currency: "INR" },
      invoicePaymentAmount: {
        netPaidAmount: 10000.5,
        netAdjustmentAmount: 0,
        totalAmount: 10000.5,
        currency: "INR",
        splits: [],
      },
      supplierBankAccountDetails: {
        maskedAccountNumber: "XXXXXXXX4417",
        ifsc: "HDFC0000123",
        beneficiaryName: "Kaveri Metals Private Limited",
        businessVPA: "kaverimetals@hdfcbank",
      },
    },
  ],
};

const paymentConfirmation: ReqPayConfirmation["paymentConfirmation"] = {
  objectId,
  ts: "2026-11-21T11:30:00+05:30",
  type: "OFFPLATFORM",
  supplierResponse: "ACCEPT",
  supplierRemarks: "Received in our HDFC account, thank you",
  invoiceInfos: payment.invoicesPayInfos.map(({ objectId, supplierInvoiceNumber }) => ({
    objectId,
    supplierInvoiceNumber,
    objectVersion: { currentVersion: 2, newVersion: 3 },
    statusTransition: { currentStatus: "PAYMENT INITIATED", newStatus: "PAID" },
  })),
};

const additionalInfos = [{ name: "purchaseOrder", value: "PO-7741" }];
const success = { result: "SUCCESS", errorCd: "", errorDtl: "", errorField: "" } as const;
const resp = { reqMsgId: "REQ019aa0d5c2007d1e9b3c4d5e6f708192", ...success };
const confirmationResp = { reqMsgId: "REQ019aa0d7f1007b2c8d3e4f5061728394", ...success };

/** Seeds 003 and 004: the same message by a business's software and by the network. */
export const REQ_PAY_EXAMPLE: ReqPay = { device, b2bIds, payment, additionalInfos };

/** Seed 004's reply payload. */
export const PAYMENT_RESPONSE_EXAMPLE: PaymentResponse = { resp, b2bIds, payment, additionalInfos };

/** Seed 002. */
export const RESP_PAY_EXAMPLE: RespPay = { resp, b2bIds, payment, additionalInfos };

/** Seed 000. */
export const REQ_PAY_CONFIRMATION_EXAMPLE: ReqPayConfirmation = { device, b2bIds, paymentConfirmation };

/** Seed 000's reply payload. */
export const PAYMENT_CONFIRMATION_RESPONSE_EXAMPLE: PaymentConfirmationResponse = {
  resp: confirmationResp,
  b2bIds,
  paymentConfirmation,
  additionalInfo: [],
};

/** Seed 001. */
export const RESP_PAY_CONFIRMATION_EXAMPLE: RespPayConfirmation = {
  resp: confirmationResp,
  b2bIds,
  paymentConfirmation,
  additionalInfo: [{ name: "bankReference", value: "0441-26-11-20" }],
};

/** The string ack of seeds 001, 002 and 003. */
export const STRING_ACK_EXAMPLE: StringAck = {
  payload: resp.reqMsgId,
  response_code: 0,
  response_message: "Success",
};
