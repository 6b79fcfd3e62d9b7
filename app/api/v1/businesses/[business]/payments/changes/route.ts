import { businessRoute } from "@/features/businesses/route";
import { listPaymentChangesOperation } from "@/features/payments/api";
import { listPaymentChanges } from "@/features/payments/changes";

export const GET = businessRoute(listPaymentChangesOperation, ({ scope, query }) => listPaymentChanges(scope, query));
