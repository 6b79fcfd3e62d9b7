import { businessRoute } from "@/features/businesses/route";
import { exportSettledInvoicesOperation } from "@/features/payments/api";
import { SETTLED_INVOICE_CSV_HEADER, settledInvoiceCsvRow } from "@/features/payments/csv";
import { eachSettledInvoice } from "@/features/payments/export";
import { csvResponse } from "@/lib/csv";

export const GET = businessRoute(exportSettledInvoicesOperation, ({ scope, query }) =>
  csvResponse(
    `invoices-${query.side === "outgoing" ? "paid" : "settled"}.csv`,
    SETTLED_INVOICE_CSV_HEADER,
    eachSettledInvoice(scope, query),
    settledInvoiceCsvRow,
  ),
);
