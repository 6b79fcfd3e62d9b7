import { businessRoute } from "@/features/businesses/route";
import { approveOperation } from "@/features/payments/api";
import { getPayment } from "@/features/payments/data";
import { approvePayment } from "@/features/payments/mutations/approve";
import { assertApproved } from "@/features/payments/outcome";

export const POST = businessRoute(approveOperation, async ({ scope, params: { objectId } }) => {
  assertApproved(await approvePayment(scope, objectId, new Date()));
  return getPayment(scope, objectId);
});
