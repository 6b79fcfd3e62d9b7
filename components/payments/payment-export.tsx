"use client";

import { ChevronDown, Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { PaymentQueryInput } from "@/features/payments/api";
import { paymentExportUrls } from "@/features/payments/client";

/** The filtered list as a file: a row for each payment, or for each invoice that they settle, as whoever books them needs it. */
export function PaymentExport({ business, query }: { business: string; query: PaymentQueryInput }) {
  const urls = paymentExportUrls(business, query);
  const invoices = query.side === "outgoing" ? "bill" : "invoice";
  const files = [
    { href: urls.payments, row: "A row for each payment", says: "What was paid, and how it was answered" },
    {
      href: urls.invoices,
      row: `A row for each ${invoices}`,
      says: "With its TDS, the party’s PAN, and other adjustments",
    },
  ];
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="sm">
          <Download aria-hidden /> Export <ChevronDown aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {files.map(({ href, row, says }) => (
          <DropdownMenuItem key={href} asChild>
            <a href={href} download className="flex-col items-start gap-0!">
              <span className="font-medium">{row}</span>
              <span className="text-[0.8125rem] text-muted">{says}</span>
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
