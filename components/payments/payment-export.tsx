"use client";

import { ExportMenu } from "@/components/lists/export-menu";
import type { PaymentQueryInput } from "@/features/payments/api";
import { paymentExportUrls } from "@/features/payments/client";

/** The filtered list as a file: a row for each payment, or for each invoice that they settle, as whoever books them needs it. */
export function PaymentExport({ business, query }: { business: string; query: PaymentQueryInput }) {
  const urls = paymentExportUrls(business, query);
  const invoices = query.side === "outgoing" ? "bill" : "invoice";
  return (
    <ExportMenu
      ways={[
        { title: "A row for each payment", says: "What was paid, and how it was answered", hrefOf: urls.payments },
        {
          title: `A row for each ${invoices}`,
          says: "With its TDS, the party’s PAN, and other adjustments",
          hrefOf: urls.invoices,
        },
      ]}
    />
  );
}
