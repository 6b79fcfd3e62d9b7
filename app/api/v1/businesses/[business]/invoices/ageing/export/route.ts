import { exportAgeingOperation } from "@/features/ageing/api";
import { AGEING_CSV_HEADER, ageingCsvRow } from "@/features/ageing/csv";
import { eachPartyAges } from "@/features/ageing/data";
import { businessRoute } from "@/features/businesses/route";
import { SIDE_WORDS } from "@/features/invoices/words";
import { csvResponse } from "@/lib/csv";

export const GET = businessRoute(exportAgeingOperation, ({ scope, query }) =>
  csvResponse(
    `${SIDE_WORDS[query.side].many}-by-age.csv`,
    AGEING_CSV_HEADER,
    eachPartyAges(scope, query),
    ageingCsvRow,
  ),
);
