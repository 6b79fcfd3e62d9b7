"use client";

import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import type { BillSelection } from "@/components/invoices/bill-selection";
import { InvoiceFilterBar, toInvoiceQuery, useInvoiceFilters } from "@/components/invoices/invoice-filters";
import { InvoiceTable } from "@/components/invoices/invoice-table";
import { countWords } from "@/components/lists/count-words";
import { type FirstPage, initialFor } from "@/components/lists/first-page";
import { focusRows, ListFrame } from "@/components/lists/list-frame";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import type { InvoicePage } from "@/features/invoices/api";
import { invoicesQuery } from "@/features/invoices/client";
import type { InvoiceQueryInput, InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";
import { paise } from "@/lib/money";

interface InvoiceListProps {
  business: string;
  side: InvoiceSideName;
  first: FirstPage<InvoiceQueryInput, InvoicePage>;
  selection?: BillSelection;
  /** Shown when nothing is open; `showAll` shows what is settled too, and is null where even that is nothing. */
  empty: (showAll: (() => void) | null) => ReactNode;
}

/** Bills or invoices: search, filter, sort, pages; all of it in the address. */
export function InvoiceList({ business, side, first, selection, empty }: InvoiceListProps) {
  const filters = useInvoiceFilters();
  const query = toInvoiceQuery(side, filters.state);
  const found = useQuery({
    ...invoicesQuery(business, query),
    ...initialFor(query, first),
  });
  const shown = found.isPlaceholderData ? undefined : found.data?.items;
  useEffect(() => {
    if (shown) selection?.see(shown);
  }, [shown, selection]);
  const label = side === "payable" ? "Bills" : "Invoices";
  const { many: folder } = SIDE_WORDS[side];
  function showAll() {
    void filters.set({ due: "all" });
    // This button goes with what it stands for.
    focusRows();
  }
  return (
    <ListFrame
      label={label}
      filters={<InvoiceFilterBar business={business} side={side} filters={filters} shown={found.data?.items} />}
      found={found}
      summary={({ totals }) => (
        <>
          {countWords(totals, label.slice(0, -1).toLowerCase(), label.toLowerCase())},{" "}
          <Money paise={paise(totals.duePaise)} /> still due
        </>
      )}
      onCursor={(cursor) => filters.set({ cursor })}
      empty={
        filters.isNarrowed ? (
          <EmptyState icon={<FileText />} title={`No ${label.toLowerCase()} match`}>
            Try other words, or clear the filters.
          </EmptyState>
        ) : (
          empty(filters.state.due === "all" ? null : showAll)
        )
      }
    >
      {({ items, toApprove }) => (
        <InvoiceTable
          label={label}
          side={side}
          hrefOf={(invoice) => `/b/${business}/${folder}/${invoice.id}`}
          invoices={items}
          toApprove={new Set(toApprove)}
          sort={filters.state.sort}
          onSort={(sort) => filters.set({ sort })}
          {...(selection && { selection })}
        />
      )}
    </ListFrame>
  );
}
