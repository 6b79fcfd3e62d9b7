import { businessRoute } from "@/features/businesses/route";
import { importInvoicesOperation } from "@/features/invoices/api";
import { importInvoices } from "@/features/invoices/mutations/import";

export const POST = businessRoute(importInvoicesOperation, ({ scope, body }) =>
  importInvoices(scope, body, new Date()),
);
