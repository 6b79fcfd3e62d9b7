"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, Plus } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { type FirstPage, initialFor } from "@/components/lists/first-page";
import { ListFrame } from "@/components/lists/list-frame";
import { searchHistory } from "@/components/lists/search-history";
import { PARTY_LIST } from "@/components/parties/party-query";
import { PartyTable } from "@/components/parties/party-table";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { SearchInput } from "@/components/ui/search-input";
import type { CounterpartyList, CounterpartyQueryInput } from "@/features/counterparties/api";
import { counterpartiesQuery } from "@/features/counterparties/client";

interface PartyListProps {
  business: string;
  mayAct: boolean;
  first: FirstPage<CounterpartyQueryInput, CounterpartyList>;
}

/** Everyone that the business trades with, by name; the search and the page are in the address. */
export function PartyList({ business, mayAct, first }: PartyListProps) {
  const [{ q, cursor }, setState] = useQueryStates(
    { q: parseAsString.withDefault(""), cursor: parseAsString },
    { history: "push", scroll: false },
  );
  const query = { ...PARTY_LIST, ...(q && { q }), ...(cursor && { cursor }) };
  const found = useQuery({
    ...counterpartiesQuery(business, query),
    ...initialFor(query, first),
  });
  return (
    <ListFrame
      label="Parties"
      filters={
        <FilterBar
          search={
            <SearchInput
              label="Search name, B2B ID or GSTIN"
              value={q}
              onValueChange={(words) => void setState({ q: words || null, cursor: null }, searchHistory(q, words))}
            />
          }
        />
      }
      found={found}
      summary={() => "By name"}
      onCursor={(to) => void setState({ cursor: to })}
      empty={
        q ? (
          <EmptyState icon={<Building2 />} title="No party matches">
            Try another part of the name, the B2B ID or the GSTIN.
          </EmptyState>
        ) : (
          <EmptyState
            icon={<Building2 />}
            title="No parties yet"
            actions={
              mayAct && (
                <LinkButton href={`/b/${business}/bills/new`}>
                  <Plus aria-hidden /> Add a bill
                </LinkButton>
              )
            }
          >
            Whoever you add a bill of, raise an invoice to, or get a bill from appears here.
          </EmptyState>
        )
      }
    >
      {({ items }) => <PartyTable business={business} parties={items} />}
    </ListFrame>
  );
}
