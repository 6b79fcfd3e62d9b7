import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  PAYMENT_CONFIRMATION_RESPONSE_EXAMPLE,
  PAYMENT_RESPONSE_EXAMPLE,
  REQ_PAY_CONFIRMATION_EXAMPLE,
  REQ_PAY_EXAMPLE,
  RESP_PAY_CONFIRMATION_EXAMPLE,
  RESP_PAY_EXAMPLE,
  STRING_ACK_EXAMPLE,
} from "@/features/protocol/examples";
import {
  parseReqPay,
  parseReqPayConfirmation,
  parseRespPay,
  parseRespPayConfirmation,
} from "@/features/protocol/parse";
import { PaymentConfirmationResponse, PaymentResponse, ReqPay, StringAck } from "@/features/protocol/schema";
import { edited } from "@/features/protocol/testing/edited";

describe("the seeds' examples, with real values", () => {
  test("Pay Invoices and the Payment Request Webhook become paise, instants and identifiers", () => {
    const parsed = parseReqPay(REQ_PAY_EXAMPLE);
    expect(parsed).toMatchObject({
      ok: true,
      body: REQ_PAY_EXAMPLE,
      value: {
        buyerB2BId: "27AAPFU0939F1ZV@BCB",
        supplierB2BId: "29AAGCB7383J1Z4@BCB",
        geocode: "19.0760,72.8777",
        payment: {
          mode: "NEFT",
          paidAt: new Date("2026-11-20T08:35:00Z"),
          net: 10_800_050,
          adjustment: 200_000,
          total: 11_000_050,
          lines: [
            { total: 10_000_000, invoiceDue: 10_000_000, invoiceTotal: 11_800_000, splits: [{ value: 200_000 }] },
            { total: 1_000_050, currentVersion: 1, newVersion: 2, newStatus: "PAYMENT INITIATED", splits: [] },
          ],
        },
        additionalInfos: [{ name: "purchaseOrder", value: "PO-7741" }],
      },
    });
  });

  test("Webhook Payment Response", () => {
    expect(parseRespPay(RESP_PAY_EXAMPLE)).toMatchObject({
      ok: true,
      body: RESP_PAY_EXAMPLE,
      value: {
        resp: { result: "SUCCESS", errorCd: "" },
        payment: { ts: "2026-11-20T14:05:00+05:30", total: 11_000_050 },
      },
    });
  });

  test("Webhook Payment Confirmation Request", () => {
    expect(parseReqPayConfirmation(REQ_PAY_CONFIRMATION_EXAMPLE)).toMatchObject({
      ok: true,
      body: REQ_PAY_CONFIRMATION_EXAMPLE,
      value: { confirmation: { supplierResponse: "ACCEPT", respondedAt: new Date("2026-11-21T06:00:00Z") } },
    });
  });

  test("Webhook Payment Confirmation Response", () => {
    expect(parseRespPayConfirmation(RESP_PAY_CONFIRMATION_EXAMPLE)).toMatchObject({
      ok: true,
      body: RESP_PAY_CONFIRMATION_EXAMPLE,
      value: { confirmation: { invoices: [{ newStatus: "PAID" }, { newStatus: "PAID" }] } },
    });
  });

  test("the replies", () => {
    expect(PaymentResponse.parse(PAYMENT_RESPONSE_EXAMPLE)).toEqual(PAYMENT_RESPONSE_EXAMPLE);
    expect(PaymentConfirmationResponse.parse(PAYMENT_CONFIRMATION_RESPONSE_EXAMPLE)).toEqual(
      PAYMENT_CONFIRMATION_RESPONSE_EXAMPLE,
    );
    expect(StringAck.parse(STRING_ACK_EXAMPLE)).toEqual(STRING_ACK_EXAMPLE);
  });
});

test("the schemas say their rules as JSON Schema too, for the API reference", () => {
  const { properties } = z.toJSONSchema(ReqPay.shape.payment, { target: "draft-2020-12" });
  expect(properties).toMatchObject({
    objectId: { type: "string", pattern: "^[PMT]{3}[A-Za-z0-9]{32}$" },
    utr: { type: "string", pattern: '^[^\\\\"]{1,50}$' },
    ts: { type: "string", format: "date-time" },
    currency: { const: "INR" },
    paymentAmount: {
      properties: { totalAmount: { type: "number", minimum: 0, description: expect.stringContaining("decimals") } },
    },
    invoicesPayInfos: { type: "array", minItems: 1, maxItems: 500 },
  });
});

describe("what is tolerated", () => {
  test("fields nobody here knows are dropped, at any level", () => {
    const parsed = parseReqPay(
      edited(REQ_PAY_EXAMPLE, { operatorRef: "x", "payment.channel": "APP", "payment.invoicesPayInfos[0].taxes": [1] }),
    );
    expect(parsed).toMatchObject({ ok: true, body: REQ_PAY_EXAMPLE });
  });

  test.each([undefined, null, []])("splits %j are no splits", (splits) => {
    const path = "payment.invoicesPayInfos[1].invoicePaymentAmount.splits";
    const parsed = parseReqPay(edited(REQ_PAY_EXAMPLE, { [path]: splits }));
    expect(parsed.ok && parsed.value.payment.lines[1]?.splits).toEqual([]);
  });

  test("an adjustment without splits stands by itself", () => {
    const path = "payment.invoicesPayInfos[0].invoicePaymentAmount.splits";
    expect(parseReqPay(edited(REQ_PAY_EXAMPLE, { [path]: [] })).ok).toBe(true);
  });

  test("optional fields may be absent or null", () => {
    for (const nothing of [undefined, null]) {
      expect(parseReqPay(edited(REQ_PAY_EXAMPLE, { additionalInfos: nothing })).ok).toBe(true);
      const resp = { "resp.errorCd": nothing, "resp.errorDtl": nothing, "resp.errorField": nothing };
      const parsed = parseRespPayConfirmation(
        edited(RESP_PAY_CONFIRMATION_EXAMPLE, { ...resp, additionalInfo: nothing }),
      );
      expect(parsed).toMatchObject({ ok: true, value: { resp: { errorCd: "" }, additionalInfos: [] } });
    }
  });

  test("the supplier's account may be partly or wholly empty", () => {
    const path = "payment.invoicesPayInfos[0].supplierBankAccountDetails";
    expect(parseReqPay(edited(REQ_PAY_EXAMPLE, { [path]: {} })).ok).toBe(true);
    expect(parseReqPay(edited(REQ_PAY_EXAMPLE, { [`${path}.ifsc`]: "" })).ok).toBe(true);
  });

  test("a payment id of the seeds' class, TTT…, and 100 characters of any script in remarks", () => {
    expect(parseReqPay(edited(REQ_PAY_EXAMPLE, { "payment.objectId": `TTT${"a".repeat(32)}` })).ok).toBe(true);
    const remarks = { "paymentConfirmation.supplierRemarks": "😀".repeat(100) };
    expect(parseReqPayConfirmation(edited(REQ_PAY_CONFIRMATION_EXAMPLE, remarks)).ok).toBe(true);
  });

  test("resp-pay's payment texts are free", () => {
    const free = { "payment.mode": "RTGS", "payment.type": "other", "payment.ts": "today", "payment.utr": 'a"b' };
    expect(parseRespPay(edited(RESP_PAY_EXAMPLE, free))).toMatchObject({
      ok: true,
      value: { payment: { mode: "RTGS", ts: "today" } },
    });
  });

  test("versions that stay the same, as in the seeds", () => {
    const path = "payment.invoicesPayInfos[0].objectVersion.newVersion";
    expect(parseReqPay(edited(REQ_PAY_EXAMPLE, { [path]: 1 })).ok).toBe(true);
  });

  test("REJECT of an off-platform payment", () => {
    const reject = { "paymentConfirmation.supplierResponse": "REJECT" };
    expect(parseReqPayConfirmation(edited(REQ_PAY_CONFIRMATION_EXAMPLE, reject)).ok).toBe(true);
  });
});
