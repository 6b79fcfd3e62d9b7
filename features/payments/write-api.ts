import { PAYMENTS_PATH, PAYMENTS_TAG, paymentDetailSchema, paymentParams } from "@/features/payments/api";
import { LONG_WAIT_DAYS } from "@/features/payments/rules";
import { declineSchema, paymentRequestSchema } from "@/features/payments/schema";
import { defineOperation } from "@/lib/http/operation";

export const createPaymentOperation = defineOperation({
  id: "createPayment",
  method: "POST",
  path: PAYMENTS_PATH,
  tag: PAYMENTS_TAG,
  summary: "Pay bills of one supplier",
  description:
    "Records the payment, claims its amounts of the bills, and sends it to the supplier through Bharat Connect. Where the business asks for approval of such amounts (`approvalFromPaise` of `getBusiness`) it is AWAITING_APPROVAL, and the supplier hears of it once a second person has approved it. 200 when the same request was carried out before, so that it can be repeated safely; 409 when a bill can't take the amount, or the id was used with other content.",
  role: "FINANCE",
  body: paymentRequestSchema,
  response: paymentDetailSchema,
  status: 201,
});

export const sendAgainOperation = defineOperation({
  id: "sendPaymentAgain",
  method: "POST",
  path: `${PAYMENTS_PATH}/{objectId}/send-again`,
  tag: PAYMENTS_TAG,
  summary: "Send a payment's last message again",
  description:
    "The same text under the same id: harmless when it had arrived. 409 once the other side has answered, or refused it: what failed or was rejected is paid anew by `createPayment`, under a new `objectId`.",
  role: "FINANCE",
  params: paymentParams,
  response: paymentDetailSchema,
  status: 202,
});

export const giveUpOperation = defineOperation({
  id: "giveUpPayment",
  method: "POST",
  path: `${PAYMENTS_PATH}/{objectId}/give-up`,
  tag: PAYMENTS_TAG,
  summary: "Give up a payment, or take an answer back, that can't be delivered or of which nothing comes",
  description: `Once no attempt will be made any more, or the network has had it for ${LONG_WAIT_DAYS} days and nothing has come of it (\`delivery.canGiveUp\`). A payment made fails, and its bills are due again; a payment received waits for an answer again. Should the message have arrived after all, what the other side says of it still counts. 409 while it is on its way, when the other side has answered, and once it has been given up.`,
  role: "FINANCE",
  params: paymentParams,
  response: paymentDetailSchema,
});

export const approveOperation = defineOperation({
  id: "approvePayment",
  method: "POST",
  path: `${PAYMENTS_PATH}/{objectId}/approve`,
  tag: PAYMENTS_TAG,
  summary: "Approve a payment that somebody else made",
  description:
    "Its supplier is told then, of its bills as they are now. 403 for who made it; 409 once it doesn't wait for approval.",
  role: "FINANCE",
  callers: "session",
  params: paymentParams,
  response: paymentDetailSchema,
});

export const declineOperation = defineOperation({
  id: "declinePayment",
  method: "POST",
  path: `${PAYMENTS_PATH}/{objectId}/decline`,
  tag: PAYMENTS_TAG,
  summary: "Say no to a payment that waits for approval, or take back one's own",
  description:
    "It fails, its supplier is never told, and its bills are due again. Remarks are needed but from who made it. An API key may take back only what it made. 409 once it doesn't wait for approval.",
  role: "FINANCE",
  params: paymentParams,
  body: declineSchema,
  response: paymentDetailSchema,
});
