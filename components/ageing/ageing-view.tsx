"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { AgeSums } from "@/components/ageing/age-sums";
import { AgeTable } from "@/components/ageing/age-table";
import { countWords } from "@/components/lists/count-words";
import { ExportMenu } from "@/components/lists/export-menu";
import { type FirstPage, initialFor } from "@/components/lists/first-page";
import { ListFrame } from "@/components/lists/list-frame";
import { OrderSelect } from "@/components/lists/list-selects";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import type { Ageing } from "@/features/ageing/api";
import { ageingExportUrl, ageingQuery } from "@/features/ageing/client";
import { AGEING_SORTS, type AgeingQueryInput, type AgeingSort } from "@/features/ageing/schema";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";
import { formatDay } from "@/lib/time";

const SORT_WORDS = {
  "-overdue": "Most overdue first",
  "-due": "Most due first",
  counterparty: "By name",
} as const satisfies Partial<Record<AgeingSort, string>>;

interface AgeingViewProps {
  business: string;
  side: InvoiceSideName;
  first: FirstPage<AgeingQueryInput, Ageing>;
}

/** What is still due with each party, by how late it is; the order and the page are in the address. */
export function AgeingView({ business, side, first }: AgeingViewProps) {
  const [{ sort, cursor }, setState] = useQueryStates(
    { sort: parseAsStringLiteral(AGEING_SORTS).withDefault("-overdue"), cursor: parseAsString },
    { history: "push", scroll: false },
  );
  const query: AgeingQueryInput = { side, sort, ...(cursor && { cursor }) };
  const found = useQuery({ ...ageingQuery(business, query), ...initialFor(query, first) });
  const { many, party } = SIDE_WORDS[side];
  const label = side === "payable" ? "Bills by age" : "Invoices by age";
  const parties = { one: party.toLowerCase(), many: `${party.toLowerCase()}s` };
  const { totals, asOf } = found.data ?? first.data;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: `/b/${business}/${many}`, label: side === "payable" ? "Bills" : "Invoices" }]}
        title={label}
        description={`${side === "payable" ? "What you still owe each supplier" : "What each buyer still owes you"}, by how late it is on ${formatDay(asOf)}. What payments on their way will settle is left out.`}
      />
      {totals.count > 0 && <AgeSums totals={totals} />}
      <ListFrame
        label={label}
        filters={
          <FilterBar actions={<ExportMenu hrefOf={ageingExportUrl(business, query)} />}>
            <OrderSelect
              className="w-48"
              value={sort}
              onChange={(next) => void setState({ sort: next, cursor: null })}
              words={SORT_WORDS}
            />
          </FilterBar>
        }
        found={found}
        summary={() => countWords(totals.parties, parties.one, parties.many)}
        onCursor={(to) => void setState({ cursor: to })}
        empty={
          <EmptyState icon={<CircleCheck />} title={side === "payable" ? "You owe nothing" : "Nothing is owed to you"}>
            {side === "payable" ? "No bill has anything left to pay." : "No invoice has anything left to be paid."}
          </EmptyState>
        }
      >
        {({ items }) => <AgeTable business={business} side={side} label={label} parties={items} />}
      </ListFrame>
    </>
  );
}
