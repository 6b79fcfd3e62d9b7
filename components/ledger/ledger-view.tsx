"use client";

import { useQuery } from "@tanstack/react-query";
import { BookOpenText } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { LedgerFilters } from "@/components/ledger/ledger-filters";
import { LEDGER_PAGE, ledgerHref } from "@/components/ledger/ledger-query";
import { LedgerSums } from "@/components/ledger/ledger-sums";
import { LedgerTable } from "@/components/ledger/ledger-table";
import { LedgerWaiting } from "@/components/ledger/ledger-waiting";
import { countWords } from "@/components/lists/count-words";
import { parseAsDay } from "@/components/lists/day-range";
import { type FirstPage, initialFor } from "@/components/lists/first-page";
import { ListFrame } from "@/components/lists/list-frame";
import { partyHref } from "@/components/parties/party-query";
import { useToday } from "@/components/today";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";
import type { Ledger } from "@/features/ledger/api";
import { ledgerExportUrl, ledgerQuery } from "@/features/ledger/client";
import { periodOf } from "@/features/ledger/rules";
import type { LedgerQueryInput } from "@/features/ledger/schema";
import { COUNTED_WORDS } from "@/features/ledger/words";

interface LedgerViewProps {
  business: string;
  side: InvoiceSideName;
  party: { b2bId: string; name: string; isSupplier: boolean; isBuyer: boolean };
  first: FirstPage<LedgerQueryInput, Ledger>;
}

const TABS = [
  { side: "payable", label: "You buy from them" },
  { side: "receivable", label: "You sell to them" },
] as const;

const DESCRIPTIONS: Record<InvoiceSideName, string> = {
  payable: "Their bills and your payments by day, with what you owe them after each.",
  receivable: "Your invoices and their payments by day, with what they owe you after each.",
};

/** One party's ledger on one side; the days and the page are in the address. */
export function LedgerView({ business, side, party, first }: LedgerViewProps) {
  const { b2bId, name, isSupplier, isBuyer } = party;
  const [{ from, to, cursor }, setState] = useQueryStates(
    { from: parseAsDay, to: parseAsDay, cursor: parseAsString },
    { history: "push", scroll: false },
  );
  const period = periodOf({ from, to }, useToday());
  const query: LedgerQueryInput = {
    ...LEDGER_PAGE,
    side,
    ...(from && { from }),
    ...(to && { to }),
    ...(cursor && { cursor }),
  };
  const found = useQuery({ ...ledgerQuery(business, b2bId, query), ...initialFor(query, first) });
  const ledger = found.data ?? first.data;
  const { many } = SIDE_WORDS[side];
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { href: `/b/${business}/parties`, label: "Parties" },
          { href: partyHref(business, b2bId), label: <span className="[overflow-wrap:anywhere]">{name}</span> },
        ]}
        title={<span className="[overflow-wrap:anywhere]">Ledger of {name}</span>}
        description={DESCRIPTIONS[side]}
      />
      {isSupplier && isBuyer && (
        <div data-print="hide" className="mb-4">
          <LinkTabs
            label="Sides of the ledger"
            items={TABS.map((tab) => ({
              href: ledgerHref(business, b2bId, tab.side, { from, to }),
              label: tab.label,
              active: tab.side === side,
            }))}
          />
        </div>
      )}
      <LedgerSums side={side} ledger={ledger} />
      <ListFrame
        label="Ledger"
        filters={
          <LedgerFilters
            period={period}
            onChange={(change) => setState({ cursor: null, ...change })}
            exportUrl={ledgerExportUrl(business, b2bId, query)}
          />
        }
        found={found}
        summary={({ totals }) => countWords(totals.count, "entry", "entries")}
        onCursor={(next) => setState({ cursor: next })}
        empty={
          <EmptyState icon={<BookOpenText />} title="Nothing in this period">
            No {many} of these days count, and no payments. The balance stays as it was.
          </EmptyState>
        }
      >
        {(data) => (
          <div data-print="table">
            <LedgerTable business={business} side={side} ledger={data} />
          </div>
        )}
      </ListFrame>
      <LedgerWaiting business={business} side={side} ledger={ledger} />
      <p className="mt-4 max-w-prose px-1 text-[0.8125rem] text-muted">{COUNTED_WORDS[side]}</p>
    </>
  );
}
