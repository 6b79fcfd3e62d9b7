import { businessRoute } from "@/features/businesses/route";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { assertAnswered } from "@/features/confirmations/outcome";
import { answerPaymentOperation } from "@/features/payments/api";
import { getPayment } from "@/features/payments/data";

export const POST = businessRoute(answerPaymentOperation, async ({ scope, params, body }) => {
  assertAnswered(await answerPayment(scope, params.objectId, body, new Date()));
  return getPayment(scope, params.objectId);
});
