import { listActivityOperation } from "@/features/activity/api";
import { listActivity } from "@/features/activity/data";
import { businessRoute } from "@/features/businesses/route";

export const GET = businessRoute(listActivityOperation, ({ scope, query }) => listActivity(scope, query));
