import { businessRoute } from "@/features/businesses/route";
import { exportInvoicesOperation } from "@/features/invoices/api";
import { INVOICE_CSV_HEADER, invoiceCsvRow } from "@/features/invoices/csv";
import { eachInvoice } from "@/features/invoices/data";
import { SIDE_WORDS } from "@/features/invoices/words";
import { tableResponse } from "@/lib/tables/table-file";

export const GET = businessRoute(exportInvoicesOperation, ({ scope, query }) =>
  tableResponse(
    query.format,
    `${SIDE_WORDS[query.side].many}`,
    INVOICE_CSV_HEADER,
    eachInvoice(scope, query),
    invoiceCsvRow,
  ),
);
