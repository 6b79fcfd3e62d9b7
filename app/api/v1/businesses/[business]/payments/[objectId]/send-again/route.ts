import { businessRoute } from "@/features/businesses/route";
import { getPayment, getPaymentSide } from "@/features/payments/data";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { assertSentAgain } from "@/features/payments/outcome";
import { sendAgainOperation } from "@/features/payments/write-api";

export const POST = businessRoute(sendAgainOperation, async ({ scope, params: { objectId } }) => {
  assertSentAgain(await sendAgain(scope, await getPaymentSide(scope, objectId), objectId, new Date()));
  return getPayment(scope, objectId);
});
