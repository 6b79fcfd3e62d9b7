import { businessRoute } from "@/features/businesses/route";
import { answerPaymentOperation } from "@/features/confirmations/api";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { assertAnswered } from "@/features/confirmations/outcome";
import { getPayment } from "@/features/payments/data";

export const POST = businessRoute(answerPaymentOperation, async ({ scope, params, body }) => {
  assertAnswered(await answerPayment(scope, params.objectId, body, new Date()));
  return getPayment(scope, params.objectId);
});
