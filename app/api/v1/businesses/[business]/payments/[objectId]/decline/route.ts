import { businessRoute } from "@/features/businesses/route";
import { getPayment } from "@/features/payments/data";
import { declinePayment } from "@/features/payments/mutations/decline";
import { assertDeclined } from "@/features/payments/outcome";
import { declineOperation } from "@/features/payments/write-api";

export const POST = businessRoute(declineOperation, async ({ scope, params: { objectId }, body }) => {
  assertDeclined(await declinePayment(scope, objectId, body, new Date()));
  return getPayment(scope, objectId);
});
