import { changeBusinessOperation, getBusinessOperation } from "@/features/businesses/api";
import { getBusiness } from "@/features/businesses/data";
import { changeSettings } from "@/features/businesses/mutations/change-settings";
import { businessRoute } from "@/features/businesses/route";

export const GET = businessRoute(getBusinessOperation, ({ scope }) => getBusiness(scope));

export const PATCH = businessRoute(changeBusinessOperation, async ({ scope, body }) => {
  await changeSettings(scope, body);
  return getBusiness(scope);
});
