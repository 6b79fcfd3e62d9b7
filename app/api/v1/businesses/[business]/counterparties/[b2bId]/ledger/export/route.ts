import { businessRoute } from "@/features/businesses/route";
import { exportLedgerOperation } from "@/features/ledger/api";
import { LEDGER_CSV_HEADER, ledgerCsvRow } from "@/features/ledger/csv";
import { exportLedger } from "@/features/ledger/data";
import { tableResponse } from "@/lib/tables/table-file";

export const GET = businessRoute(exportLedgerOperation, async ({ scope, params, query }) => {
  const ledger = await exportLedger(scope, params.b2bId, query);
  return tableResponse(
    query.format,
    `ledger-${ledger.from}-to-${ledger.to}`,
    LEDGER_CSV_HEADER,
    ledger.lines,
    ledgerCsvRow(ledger),
  );
});
