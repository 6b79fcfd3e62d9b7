import { businessRoute } from "@/features/businesses/route";
import { listCounterpartiesOperation } from "@/features/counterparties/api";
import { listCounterparties } from "@/features/counterparties/data";

export const GET = businessRoute(listCounterpartiesOperation, ({ scope, query }) => listCounterparties(scope, query));
