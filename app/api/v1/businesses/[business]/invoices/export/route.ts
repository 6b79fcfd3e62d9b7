import { businessRoute } from "@/features/businesses/route";
import { exportInvoicesOperation } from "@/features/invoices/api";
import { INVOICE_CSV_HEADER, invoiceCsvRow } from "@/features/invoices/csv";
import { eachInvoice } from "@/features/invoices/data";
import { SIDE_WORDS } from "@/features/invoices/words";
import { csvResponse } from "@/lib/csv";

export const GET = businessRoute(exportInvoicesOperation, ({ scope, query }) =>
  csvResponse(`${SIDE_WORDS[query.side].many}.csv`, INVOICE_CSV_HEADER, eachInvoice(scope, query), invoiceCsvRow),
);
