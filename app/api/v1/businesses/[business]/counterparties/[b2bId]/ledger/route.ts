import { businessRoute } from "@/features/businesses/route";
import { getLedgerOperation } from "@/features/ledger/api";
import { getLedger } from "@/features/ledger/data";

export const GET = businessRoute(getLedgerOperation, ({ scope, params, query }) =>
  getLedger(scope, params.b2bId, query),
);
