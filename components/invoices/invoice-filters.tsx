"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { isNarrowed, shownDue } from "@/components/invoices/shown-due";
import { DayRange, parseAsDay } from "@/components/lists/day-range";
import { ExportMenu } from "@/components/lists/export-menu";
import { OrderSelect, StatusSelect } from "@/components/lists/list-selects";
import { OnlyParty } from "@/components/lists/only-party";
import { searchHistory } from "@/components/lists/search-history";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import type { Invoice } from "@/features/invoices/api";
import { invoicesExportUrl } from "@/features/invoices/client";
import { DUE_FILTERS, INVOICE_SORTS, type InvoiceQueryInput, type InvoiceSideName } from "@/features/invoices/schema";
import { INVOICE_STATUS_LABELS, INVOICE_STATUSES } from "@/features/protocol/status-words";

const filters = {
  q: parseAsString.withDefault(""),
  due: parseAsStringLiteral(["all", ...DUE_FILTERS]),
  status: parseAsStringLiteral(INVOICE_STATUSES),
  counterparty: parseAsString,
  issuedFrom: parseAsDay,
  issuedTo: parseAsDay,
  sort: parseAsStringLiteral(INVOICE_SORTS).withDefault("dueDate"),
  cursor: parseAsString,
};

/** The list's filters, kept in the address: a link shows another person the same list. */
export function useInvoiceFilters() {
  const [state, setState] = useQueryStates(filters, { history: "push", scroll: false });
  return {
    state,
    /** Any change but of the page begins at the first page again. */
    set: (change: Partial<typeof state>) =>
      setState({ cursor: null, ...change }, change.q === undefined ? {} : searchHistory(state.q, change.q)),
    clear: () =>
      setState({
        q: null,
        due: null,
        status: null,
        counterparty: null,
        issuedFrom: null,
        issuedTo: null,
        cursor: null,
      }),
    isFiltered: Boolean(state.due || isNarrowed(state)),
    isNarrowed: isNarrowed(state),
  };
}

export type InvoiceFilterState = ReturnType<typeof useInvoiceFilters>;

/** The question for the server that the filters ask. */
export function toInvoiceQuery(side: InvoiceSideName, state: InvoiceFilterState["state"]): InvoiceQueryInput {
  const due = shownDue(state);
  return {
    side,
    sort: state.sort,
    ...(state.q && { q: state.q }),
    ...(due !== "all" && { due }),
    ...(state.status && { status: state.status }),
    ...(state.counterparty && { counterparty: state.counterparty }),
    ...(state.issuedFrom && { issuedFrom: state.issuedFrom }),
    ...(state.issuedTo && { issuedTo: state.issuedTo }),
    ...(state.cursor && { cursor: state.cursor }),
  };
}

const DUE_WORDS = {
  overdue: "Overdue",
  soon: "Due within 7 days",
  open: "Open",
  "came-back": "Came back",
  settled: "Paid or closed",
} as const;

const SORT_WORDS = {
  dueDate: "Due first",
  "-dueDate": "Due last",
  "-issueDate": "Newest first",
  counterparty: "By name",
  "-total": "Largest first",
  total: "Smallest first",
} as const satisfies Partial<Record<(typeof INVOICE_SORTS)[number], string>>;

interface InvoiceFilterBarProps {
  business: string;
  side: InvoiceSideName;
  filters: InvoiceFilterState;
  /** The rows shown, one of which may know the party's name. */
  shown: readonly Invoice[] | undefined;
}

export function InvoiceFilterBar({ business, side, filters, shown }: InvoiceFilterBarProps) {
  const { state, set, clear, isFiltered } = filters;
  const party = side === "payable" ? "supplier" : "buyer";
  // Whoever looks back, as at a month's end; the list that opens shows what is to be done, and is no taller for it.
  const looksBack = state.due === "all" || state.due === "settled" || state.issuedFrom || state.issuedTo;
  return (
    <FilterBar
      // With "Clear" all of it still fits a tablet's line: the list doesn't move down when one begins to type.
      className="[&>div:first-child]:sm:min-w-40"
      search={
        <SearchInput label={`Search ${party}, number or text`} value={state.q} onValueChange={(q) => set({ q })} />
      }
      onClear={isFiltered ? clear : undefined}
      actions={<ExportMenu hrefOf={invoicesExportUrl(business, toInvoiceQuery(side, state))} />}
    >
      <OnlyParty b2bId={state.counterparty} shown={shown} />
      <Select
        aria-label="Due"
        className="w-40"
        value={shownDue(state)}
        onChange={(event) => set({ due: event.target.value as typeof state.due })}
      >
        <option value="all">All</option>
        {DUE_FILTERS.map((due) => (
          <option key={due} value={due}>
            {DUE_WORDS[due]}
          </option>
        ))}
      </Select>
      <StatusSelect value={state.status} onChange={(status) => set({ status })} words={INVOICE_STATUS_LABELS[side]} />
      {looksBack && (
        <DayRange
          lead="Dated"
          labels={{ from: "Invoice date from", to: "Invoice date to" }}
          from={state.issuedFrom}
          to={state.issuedTo}
          onChange={(change) => set("from" in change ? { issuedFrom: change.from } : { issuedTo: change.to })}
        />
      )}
      <OrderSelect value={state.sort} onChange={(sort) => set({ sort })} words={SORT_WORDS} />
    </FilterBar>
  );
}
