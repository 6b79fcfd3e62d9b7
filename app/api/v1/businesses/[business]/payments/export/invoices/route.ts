import { businessRoute } from "@/features/businesses/route";
import { exportSettledInvoicesOperation } from "@/features/payments/api";
import { SETTLED_INVOICE_CSV_HEADER, settledInvoiceCsvRow } from "@/features/payments/csv";
import { eachSettledInvoice } from "@/features/payments/export";
import { tableResponse } from "@/lib/tables/table-file";

export const GET = businessRoute(exportSettledInvoicesOperation, ({ scope, query }) =>
  tableResponse(
    query.format,
    `invoices-${query.side === "outgoing" ? "paid" : "settled"}`,
    SETTLED_INVOICE_CSV_HEADER,
    eachSettledInvoice(scope, query),
    settledInvoiceCsvRow,
  ),
);
