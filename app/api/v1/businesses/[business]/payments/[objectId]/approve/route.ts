import { businessRoute } from "@/features/businesses/route";
import { getPayment } from "@/features/payments/data";
import { approvePayment } from "@/features/payments/mutations/approve";
import { assertApproved } from "@/features/payments/outcome";
import { approveOperation } from "@/features/payments/write-api";

export const POST = businessRoute(approveOperation, async ({ scope, params: { objectId } }) => {
  assertApproved(await approvePayment(scope, objectId, new Date()));
  return getPayment(scope, objectId);
});
