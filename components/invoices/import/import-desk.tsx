"use client";

import { ChooseFile } from "@/components/invoices/import/choose-file";
import { ImportReview } from "@/components/invoices/import/import-review";
import { useImport } from "@/components/invoices/import/use-import";
import { useFocusOnChange } from "@/components/ui/use-focus-on-change";
import type { InvoiceSideName } from "@/features/invoices/schema";

/** Bills or invoices from a file: chosen, looked through, added. */
export function ImportDesk({ business, side }: { business: string; side: InvoiceSideName }) {
  const desk = useImport(business, side);
  const place = useFocusOnChange<HTMLDivElement>(desk.source?.name ?? "");
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      {desk.source ? (
        <ImportReview key={desk.source.name} desk={desk} source={desk.source} business={business} side={side} />
      ) : (
        <ChooseFile side={side} problem={desk.problem} onOpen={desk.open} />
      )}
    </div>
  );
}
