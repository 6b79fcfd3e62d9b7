import { getBusinessOperation } from "@/features/businesses/api";
import { getBusiness } from "@/features/businesses/data";
import { businessRoute } from "@/features/businesses/route";

export const GET = businessRoute(getBusinessOperation, ({ scope }) => getBusiness(scope));
