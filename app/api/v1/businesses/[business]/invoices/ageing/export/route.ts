import { exportAgeingOperation } from "@/features/ageing/api";
import { AGEING_CSV_HEADER, ageingCsvRow } from "@/features/ageing/csv";
import { eachPartyAges } from "@/features/ageing/data";
import { businessRoute } from "@/features/businesses/route";
import { SIDE_WORDS } from "@/features/invoices/words";
import { tableResponse } from "@/lib/tables/table-file";

export const GET = businessRoute(exportAgeingOperation, ({ scope, query }) =>
  tableResponse(
    query.format,
    `${SIDE_WORDS[query.side].many}-by-age`,
    AGEING_CSV_HEADER,
    eachPartyAges(scope, query),
    ageingCsvRow,
  ),
);
