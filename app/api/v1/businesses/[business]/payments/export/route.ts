import { businessRoute } from "@/features/businesses/route";
import { exportPaymentsOperation } from "@/features/payments/api";
import { PAYMENT_CSV_HEADER, paymentCsvRow } from "@/features/payments/csv";
import { eachPayment } from "@/features/payments/export";
import { tableResponse } from "@/lib/tables/table-file";

export const GET = businessRoute(exportPaymentsOperation, ({ scope, query }) =>
  tableResponse(
    query.format,
    `payments-${query.side === "outgoing" ? "made" : "received"}`,
    PAYMENT_CSV_HEADER,
    eachPayment(scope, query),
    paymentCsvRow,
  ),
);
