import { businessRoute } from "@/features/businesses/route";
import { changeCounterpartyOperation, getCounterpartyOperation } from "@/features/counterparties/api";
import { getCounterparty } from "@/features/counterparties/data";
import { changeCounterparty } from "@/features/counterparties/mutations/change";

export const GET = businessRoute(getCounterpartyOperation, ({ scope, params, query }) =>
  getCounterparty(scope, params.b2bId, query.side),
);

export const PATCH = businessRoute(changeCounterpartyOperation, ({ scope, params, body }) =>
  changeCounterparty(scope, params.b2bId, body, new Date()),
);
