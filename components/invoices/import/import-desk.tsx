"use client";

import { ChooseFile } from "@/components/invoices/import/choose-file";
import { ImportReview } from "@/components/invoices/import/import-review";
import { useImport } from "@/components/invoices/import/use-import";
import type { InvoiceSideName } from "@/features/invoices/schema";

/** Bills or invoices from a file: chosen, looked through, added. */
export function ImportDesk({ business, side }: { business: string; side: InvoiceSideName }) {
  const desk = useImport(business, side);
  return desk.source ? (
    <ImportReview key={desk.source.name} desk={desk} source={desk.source} business={business} side={side} />
  ) : (
    <ChooseFile side={side} problem={desk.problem} onOpen={desk.open} />
  );
}
