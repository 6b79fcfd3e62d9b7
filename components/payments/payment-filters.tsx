"use client";

import { Download } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { SHORT_STATUS } from "@/components/payments/status-words";
import { buttonStyles } from "@/components/ui/button-styles";
import { DateInput } from "@/components/ui/date-input";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { PAYMENT_SORTS, PAYMENT_STATUSES, type PaymentQueryInput, type PaymentSideName } from "@/features/payments/api";
import { paymentsExportUrl } from "@/features/payments/client";

const filters = {
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(PAYMENT_STATUSES),
  counterparty: parseAsString,
  from: parseAsString,
  to: parseAsString,
  sort: parseAsStringLiteral(PAYMENT_SORTS).withDefault("-createdAt"),
  cursor: parseAsString,
};

/** The list's filters, kept in the address. */
export function usePaymentFilters() {
  const [state, setState] = useQueryStates(filters, { history: "push", scroll: false });
  return {
    state,
    set: (change: Partial<typeof state>) => setState({ cursor: null, ...change }),
    clear: () => setState({ q: null, status: null, counterparty: null, from: null, to: null, cursor: null }),
    isFiltered: Boolean(state.q || state.status || state.counterparty || state.from || state.to),
  };
}

export type PaymentFilterState = ReturnType<typeof usePaymentFilters>;

/** The question for the server that the filters ask. */
export function toPaymentQuery(side: PaymentSideName, state: PaymentFilterState["state"]): PaymentQueryInput {
  return {
    side,
    sort: state.sort,
    ...(state.q && { q: state.q }),
    ...(state.status && { status: state.status }),
    ...(state.counterparty && { counterparty: state.counterparty }),
    ...(state.from && { from: state.from }),
    ...(state.to && { to: state.to }),
    ...(state.cursor && { cursor: state.cursor }),
  };
}

/** On a phone there are no column headings to sort by. */
const SORT_WORDS = {
  "-createdAt": "Newest first",
  createdAt: "Oldest first",
  "-paidAt": "Paid last first",
  "-total": "Largest first",
  total: "Smallest first",
} as const satisfies Partial<Record<(typeof PAYMENT_SORTS)[number], string>>;

interface PaymentFilterBarProps {
  business: string;
  side: PaymentSideName;
  filters: PaymentFilterState;
}

export function PaymentFilterBar({ business, side, filters }: PaymentFilterBarProps) {
  const { state, set, clear, isFiltered } = filters;
  const party = side === "outgoing" ? "supplier" : "buyer";
  return (
    <FilterBar
      search={
        <SearchInput
          label={`Search UTR, amount, ${party} or invoice`}
          value={state.q}
          onValueChange={(q) => set({ q })}
        />
      }
      onClear={isFiltered ? clear : undefined}
      actions={
        <a
          className={buttonStyles({ variant: "ghost", size: "sm" })}
          href={paymentsExportUrl(business, toPaymentQuery(side, state))}
          download
        >
          <Download aria-hidden /> Export
        </a>
      }
    >
      <Select
        aria-label="Status"
        className="w-40"
        value={state.status ?? ""}
        onChange={(event) => set({ status: (event.target.value || null) as typeof state.status })}
      >
        <option value="">Any status</option>
        {Object.entries(SHORT_STATUS[side]).map(([status, words]) => (
          <option key={status} value={status}>
            {words}
          </option>
        ))}
      </Select>
      <div className="flex w-full items-center gap-1.5 text-[0.8125rem] text-muted sm:w-auto">
        Paid
        <DateInput
          aria-label="Paid from"
          className="min-w-0 flex-1 max-sm:px-2 max-sm:text-[0.8125rem]"
          value={state.from ?? ""}
          onChange={(event) => set({ from: event.target.value || null })}
        />
        to
        <DateInput
          aria-label="Paid to"
          className="min-w-0 flex-1 max-sm:px-2 max-sm:text-[0.8125rem]"
          value={state.to ?? ""}
          onChange={(event) => set({ to: event.target.value || null })}
        />
      </div>
      <Select
        aria-label="Order"
        className="md:hidden"
        value={state.sort}
        onChange={(event) => set({ sort: event.target.value as typeof state.sort })}
      >
        {Object.entries(SORT_WORDS).map(([sort, words]) => (
          <option key={sort} value={sort}>
            {words}
          </option>
        ))}
      </Select>
    </FilterBar>
  );
}
