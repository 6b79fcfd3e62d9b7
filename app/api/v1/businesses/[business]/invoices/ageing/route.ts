import { getAgeingOperation } from "@/features/ageing/api";
import { getAgeing } from "@/features/ageing/data";
import { businessRoute } from "@/features/businesses/route";

export const GET = businessRoute(getAgeingOperation, ({ scope, query }) => getAgeing(scope, query));
