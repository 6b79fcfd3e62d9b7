"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight } from "lucide-react";
import type { ReactNode } from "react";
import { countWords } from "@/components/lists/count-words";
import { type FirstPage, initialFor } from "@/components/lists/first-page";
import { ListFrame } from "@/components/lists/list-frame";
import { PaymentFilterBar, toPaymentQuery, usePaymentFilters } from "@/components/payments/payment-filters";
import { PaymentTable } from "@/components/payments/payment-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import type { PaymentPage, PaymentQueryInput, PaymentSideName } from "@/features/payments/api";
import { paymentsQuery } from "@/features/payments/client";
import { paise } from "@/lib/money";

/** A list of payments is looked at while they travel, so it is asked for again now and then. */
const REFRESH_MS = 10_000;

interface PaymentListProps {
  business: string;
  side: PaymentSideName;
  first: FirstPage<PaymentQueryInput, PaymentPage>;
  empty: ReactNode;
}

/** Payments made or received: search, filter, sort, pages; all of it in the address. */
export function PaymentList({ business, side, first, empty }: PaymentListProps) {
  const filters = usePaymentFilters();
  const query = toPaymentQuery(side, filters.state);
  const found = useQuery({
    ...paymentsQuery(business, query),
    ...initialFor(query, first),
    refetchInterval: REFRESH_MS,
  });
  const folder = side === "outgoing" ? "payments" : "received";
  return (
    <ListFrame
      label="Payments"
      filters={<PaymentFilterBar business={business} side={side} filters={filters} shown={found.data?.items} />}
      found={found}
      summary={({ totals }) => (
        <>
          {countWords(totals, "payment", "payments")}
          <SumWords totals={totals} side={side} />
        </>
      )}
      onCursor={(cursor) => filters.set({ cursor })}
      empty={
        filters.isFiltered ? (
          <EmptyState icon={<ArrowLeftRight />} title="No payments match">
            Try other words, or clear the filters.
          </EmptyState>
        ) : (
          empty
        )
      }
    >
      {({ items }) => (
        <PaymentTable
          side={side}
          payments={items}
          hrefOf={(payment) => `/b/${business}/${folder}/${payment.objectId}`}
          sort={filters.state.sort}
          onSort={(sort) => filters.set({ sort })}
        />
      )}
    </ListFrame>
  );
}

interface SumWordsProps {
  totals: PaymentPage["totals"];
  side: PaymentSideName;
}

/** What those of them that stand come to: a sum with what was rejected or has failed in it would be of no use. */
function SumWords({ totals: { count, standing }, side }: SumWordsProps) {
  if (!standing || standing.count === 0) return null;
  const { netPaise, totalPaise } = standing;
  const invoices = side === "outgoing" ? "bills" : "invoices";
  return (
    <>
      , <Money paise={paise(netPaise)} /> paid
      {netPaise < totalPaise && (
        <>
          {" "}
          for <Money paise={paise(totalPaise)} /> of {invoices}
        </>
      )}
      {standing.count < count && ` (${side === "outgoing" ? "failed and rejected" : "rejected"} ones left out)`}
    </>
  );
}
