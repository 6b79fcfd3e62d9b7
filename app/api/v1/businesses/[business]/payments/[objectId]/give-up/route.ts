import { businessRoute } from "@/features/businesses/route";
import { getPayment, getPaymentSide } from "@/features/payments/data";
import { giveUp } from "@/features/payments/mutations/give-up";
import { assertGivenUp } from "@/features/payments/outcome";
import { giveUpOperation } from "@/features/payments/write-api";

export const POST = businessRoute(giveUpOperation, async ({ scope, params: { objectId } }) => {
  assertGivenUp(await giveUp(scope, await getPaymentSide(scope, objectId), objectId, new Date()));
  return getPayment(scope, objectId);
});
