import { exportActivityOperation } from "@/features/activity/api";
import { ACTIVITY_CSV_HEADER, activityCsvRow } from "@/features/activity/csv";
import { eachActivity } from "@/features/activity/data";
import { businessRoute } from "@/features/businesses/route";
import { csvResponse } from "@/lib/csv";

export const GET = businessRoute(exportActivityOperation, ({ scope, query }) =>
  csvResponse("activity.csv", ACTIVITY_CSV_HEADER, eachActivity(scope, query), activityCsvRow),
);
