import { describe, expect, test } from "vitest";
import { ERRORS, type ErrorCode, refuse } from "@/features/protocol/errors";
import { REQ_PAY_CONFIRMATION_EXAMPLE, REQ_PAY_EXAMPLE, RESP_PAY_EXAMPLE } from "@/features/protocol/examples";
import { ackReply, confirmationReply, paymentReply, refusalReply } from "@/features/protocol/reply";
import { PaymentConfirmationResponse, PaymentResponse, StringAck } from "@/features/protocol/schema";

describe("success", () => {
  test("the string ack has exactly the seeds' three fields", () => {
    const { status, body } = ackReply("REQ1");
    expect({ status, body }).toEqual({
      status: 200,
      body: { payload: "REQ1", response_code: 0, response_message: "Success" },
    });
    expect(StringAck.parse(body)).toEqual(body);
  });

  test("a PaymentResponse gives the payment back as it was sent, with empty error texts", () => {
    const { status, body } = paymentReply("REQ1", REQ_PAY_EXAMPLE);
    expect(status).toBe(200);
    expect(body.response_code).toBe(0);
    expect(body.payload).toEqual({
      resp: { reqMsgId: "REQ1", result: "SUCCESS", errorCd: "", errorDtl: "", errorField: "" },
      b2bIds: REQ_PAY_EXAMPLE.b2bIds,
      payment: REQ_PAY_EXAMPLE.payment,
      additionalInfos: REQ_PAY_EXAMPLE.additionalInfos,
    });
    expect(PaymentResponse.parse(body.payload)).toEqual(body.payload);
  });

  test("additionalInfos, required in the reply, are empty when the request had none", () => {
    const { additionalInfos: _, ...request } = REQ_PAY_EXAMPLE;
    expect(paymentReply("REQ1", request).body.payload.additionalInfos).toEqual([]);
  });

  test("a PaymentConfirmationResponse gives the confirmation back", () => {
    const { body } = confirmationReply("REQ1", REQ_PAY_CONFIRMATION_EXAMPLE);
    expect(body.payload.paymentConfirmation).toEqual(REQ_PAY_CONFIRMATION_EXAMPLE.paymentConfirmation);
    expect(PaymentConfirmationResponse.parse(body.payload)).toEqual(body.payload);
  });
});

describe("refusals", () => {
  test.each(Object.keys(ERRORS) as ErrorCode[])("%s", (code) => {
    const { status, body } = refusalReply(refuse(code, "payment.utr", "Words."), "REQ1");
    expect(status).toBe(ERRORS[code].status);
    expect(body).toEqual({
      response_code: status === 200 ? 1 : status,
      response_message: "Words.",
      payload: {
        resp: { reqMsgId: "REQ1", result: "FAILURE", errorCd: code, errorDtl: "Words.", errorField: "payment.utr" },
      },
    });
  });

  test("a req-pay that could be parsed comes back whole, but for its device", () => {
    const { body } = refusalReply(refuse("EXCEEDS_DUE"), "REQ1", REQ_PAY_EXAMPLE);
    expect(PaymentResponse.parse(body.payload)).toEqual(body.payload);
    expect(body.payload).toMatchObject({ payment: REQ_PAY_EXAMPLE.payment });
    expect(body.payload).not.toHaveProperty("device");
  });

  test("a confirmation that could be parsed comes back whole", () => {
    const { body } = refusalReply(refuse("REJECT_NOT_ALLOWED"), "REQ1", REQ_PAY_CONFIRMATION_EXAMPLE);
    expect(PaymentConfirmationResponse.parse(body.payload)).toEqual(body.payload);
  });

  test("our resp takes the place of the one that was sent", () => {
    const { body } = refusalReply(refuse("PAYMENT_NOT_FOUND"), "REQ1", RESP_PAY_EXAMPLE);
    expect(body.payload.resp.result).toBe("FAILURE");
  });
});
