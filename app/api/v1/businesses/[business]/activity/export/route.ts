import { exportActivityOperation } from "@/features/activity/api";
import { ACTIVITY_CSV_HEADER, activityCsvRow } from "@/features/activity/csv";
import { eachActivity } from "@/features/activity/data";
import { businessRoute } from "@/features/businesses/route";
import { tableResponse } from "@/lib/tables/table-file";

export const GET = businessRoute(exportActivityOperation, ({ scope, query }) =>
  tableResponse(query.format, "activity", ACTIVITY_CSV_HEADER, eachActivity(scope, query), activityCsvRow),
);
