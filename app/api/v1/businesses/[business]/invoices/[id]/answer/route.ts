import { businessRoute } from "@/features/businesses/route";
import { answerInvoiceOperation } from "@/features/invoices/api";
import { answerInvoice } from "@/features/invoices/mutations/answer";

export const POST = businessRoute(answerInvoiceOperation, ({ scope, params, body }) =>
  answerInvoice(scope, params.id, body, new Date()),
);
