import { businessRoute } from "@/features/businesses/route";
import { exportPaymentsOperation } from "@/features/payments/api";
import { PAYMENT_CSV_HEADER, paymentCsvRow } from "@/features/payments/csv";
import { eachPayment } from "@/features/payments/export";
import { csvResponse } from "@/lib/csv";

export const GET = businessRoute(exportPaymentsOperation, ({ scope, query }) =>
  csvResponse(
    `payments-${query.side === "outgoing" ? "made" : "received"}.csv`,
    PAYMENT_CSV_HEADER,
    eachPayment(scope, query),
    paymentCsvRow,
  ),
);
