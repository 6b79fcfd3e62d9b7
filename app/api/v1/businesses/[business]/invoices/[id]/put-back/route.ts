import { businessRoute } from "@/features/businesses/route";
import { putBackInvoiceOperation } from "@/features/invoices/api";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";

export const POST = businessRoute(putBackInvoiceOperation, ({ scope, params, body }) =>
  putBackInvoice(scope, params.id, body, new Date()),
);
