import { changeBusinessOperation, getBusinessOperation } from "@/features/businesses/api";
import { getBusiness } from "@/features/businesses/data";
import { requireSecondFactor } from "@/features/businesses/mutations/require-second-factor";
import { businessRoute } from "@/features/businesses/route";

export const GET = businessRoute(getBusinessOperation, ({ scope }) => getBusiness(scope));

export const PATCH = businessRoute(changeBusinessOperation, async ({ scope, body }) => {
  await requireSecondFactor(scope, body.requireSecondFactor);
  return getBusiness(scope);
});
