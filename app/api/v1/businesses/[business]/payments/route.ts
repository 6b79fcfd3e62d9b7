import { businessRoute } from "@/features/businesses/route";
import { listPaymentsOperation } from "@/features/payments/api";
import { getPayment, listPayments } from "@/features/payments/data";
import { createPayment } from "@/features/payments/mutations/create";
import { toAppError } from "@/features/payments/refusal";
import { createPaymentOperation } from "@/features/payments/write-api";
import { reply } from "@/lib/http/route";

export const GET = businessRoute(listPaymentsOperation, ({ scope, query }) => listPayments(scope, query));

export const POST = businessRoute(createPaymentOperation, async ({ scope, body }) => {
  const outcome = await createPayment(scope, body, new Date());
  if (outcome.kind === "refused") throw toAppError(outcome.refusal);
  return reply(await getPayment(scope, outcome.objectId), { status: outcome.kind === "created" ? 201 : 200 });
});
