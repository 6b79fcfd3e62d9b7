import { answerSchema } from "@/features/confirmations/schema";
import { paymentDetailSchema, paymentParams } from "@/features/payments/api";
import { defineOperation } from "@/lib/http/operation";

export const answerPaymentOperation = defineOperation({
  id: "answerPayment",
  method: "POST",
  path: "/api/v1/businesses/{business}/payments/{objectId}/answer",
  tag: "Payments",
  summary: "Accept or reject a payment received",
  description:
    "REJECT only for payments made off the platform. The same answer by the same caller again changes nothing; 409 when it was answered otherwise, or by someone else, with who and what.",
  role: "FINANCE",
  params: paymentParams,
  body: answerSchema,
  response: paymentDetailSchema,
});
