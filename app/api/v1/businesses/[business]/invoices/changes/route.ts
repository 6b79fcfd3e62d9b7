import { businessRoute } from "@/features/businesses/route";
import { listInvoiceChangesOperation } from "@/features/invoices/api";
import { listInvoiceChanges } from "@/features/invoices/changes";

export const GET = businessRoute(listInvoiceChangesOperation, ({ scope, query }) => listInvoiceChanges(scope, query));
