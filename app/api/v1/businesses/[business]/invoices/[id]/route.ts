import { businessRoute } from "@/features/businesses/route";
import { editInvoiceOperation, getInvoiceOperation } from "@/features/invoices/api";
import { getInvoice } from "@/features/invoices/data";
import { editInvoice } from "@/features/invoices/mutations/edit";

export const GET = businessRoute(getInvoiceOperation, ({ scope, params }) => getInvoice(scope, params.id));

export const PATCH = businessRoute(editInvoiceOperation, ({ scope, params, body }) =>
  editInvoice(scope, params.id, body, new Date()),
);
