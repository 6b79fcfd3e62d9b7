"use client";

import { useQuery } from "@tanstack/react-query";
import { InvoiceStatusBadge } from "@/components/invoices/invoice-status";
import { Alert } from "@/components/ui/alert";
import { TextLink } from "@/components/ui/text-link";
import type { Invoice } from "@/features/invoices/api";
import { alikeQuery } from "@/features/invoices/client";
import { SIDE_WORDS } from "@/features/invoices/words";
import { formatRupees, paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

/** On a bill or an invoice: others that may be the same paper one, written in another way. Nothing once it is settled. */
export function AlikeNotice({ business, invoice }: { business: string; invoice: Invoice }) {
  // Also while a payment holds it: whoever approves that looks here.
  const isOpen = invoice.duePaise > 0 || invoice.pendingPaise > 0;
  const { data } = useQuery({ ...alikeQuery(business, isOpen ? [invoice.id] : []), enabled: isOpen });
  const alike = data?.items[0]?.alike ?? [];
  if (!isOpen || alike.length === 0) return null;
  const { one, many } = SIDE_WORDS[invoice.side];
  return (
    <Alert
      tone="warning"
      live
      title={`This may be the same paper ${one} as ${alike.length === 1 ? "another" : "others"}`}
    >
      <ul className="flex flex-col gap-1">
        {alike.map((other) => (
          <li key={other.id} className="flex flex-wrap items-center gap-x-2">
            <TextLink href={`/b/${business}/${many}/${other.id}`} className="[overflow-wrap:anywhere]">
              {other.supplierInvoiceNumber}
            </TextLink>
            <span>
              of {formatDay(other.issueDate)}, {formatRupees(paise(other.totalPaise))}
            </span>
            <InvoiceStatusBadge invoice={other} />
          </li>
        ))}
      </ul>
      <p className="mt-1">
        Their numbers differ only in signs, blanks, capitals or zeros. If it is the same, one of them is too many
        {invoice.side === "payable" && ": don't pay both"}.
      </p>
    </Alert>
  );
}
