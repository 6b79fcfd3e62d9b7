import { businessRoute } from "@/features/businesses/route";
import { getPaymentOperation } from "@/features/payments/api";
import { getPayment } from "@/features/payments/data";

export const GET = businessRoute(getPaymentOperation, ({ scope, params }) => getPayment(scope, params.objectId));
