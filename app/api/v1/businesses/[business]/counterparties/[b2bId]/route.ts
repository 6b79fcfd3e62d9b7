import { businessRoute } from "@/features/businesses/route";
import { getCounterpartyOperation } from "@/features/counterparties/api";
import { getCounterparty } from "@/features/counterparties/data";

export const GET = businessRoute(getCounterpartyOperation, ({ scope, params, query }) =>
  getCounterparty(scope, params.b2bId, query.side),
);
