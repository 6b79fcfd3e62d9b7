import { businessRoute } from "@/features/businesses/route";
import { cancelInvoiceOperation } from "@/features/invoices/api";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";

export const POST = businessRoute(cancelInvoiceOperation, ({ scope, params }) =>
  cancelInvoice(scope, params.id, new Date()),
);
