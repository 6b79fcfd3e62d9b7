"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { DayRange, parseAsDay } from "@/components/lists/day-range";
import { OrderSelect, StatusSelect } from "@/components/lists/list-selects";
import { OnlyParty } from "@/components/lists/only-party";
import { searchHistory } from "@/components/lists/search-history";
import { PaymentExport } from "@/components/payments/payment-export";
import { STANDING, STATUS_FILTERS, type StatusFilter, statusesOf } from "@/components/payments/payment-query";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/search-input";
import {
  PAYMENT_SORTS,
  PAYMENT_TODOS,
  type Payment,
  type PaymentQueryInput,
  type PaymentSideName,
} from "@/features/payments/api";
import { PAYMENT_STATUS_WORDS, UNDELIVERED_WORDS } from "@/features/payments/words";

const filters = {
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(STATUS_FILTERS),
  todo: parseAsStringLiteral(PAYMENT_TODOS),
  counterparty: parseAsString,
  from: parseAsDay,
  to: parseAsDay,
  sort: parseAsStringLiteral(PAYMENT_SORTS).withDefault("-createdAt"),
  cursor: parseAsString,
};

/** The list's filters, kept in the address. */
export function usePaymentFilters() {
  const [state, setState] = useQueryStates(filters, { history: "push", scroll: false });
  return {
    state,
    set: (change: Partial<typeof state>) =>
      setState({ cursor: null, ...change }, change.q === undefined ? {} : searchHistory(state.q, change.q)),
    clear: () =>
      setState({ q: null, status: null, todo: null, counterparty: null, from: null, to: null, cursor: null }),
    isFiltered: Boolean(state.q || state.status || state.todo || state.counterparty || state.from || state.to),
  };
}

export type PaymentFilterState = ReturnType<typeof usePaymentFilters>;

/** The question for the server that the filters ask. */
export function toPaymentQuery(side: PaymentSideName, state: PaymentFilterState["state"]): PaymentQueryInput {
  return {
    side,
    sort: state.sort,
    ...(state.q && { q: state.q }),
    ...(state.status && { status: statusesOf(state.status) }),
    ...(state.todo && { todo: state.todo }),
    ...(state.counterparty && { counterparty: state.counterparty }),
    ...(state.from && { from: state.from }),
    ...(state.to && { to: state.to }),
    ...(state.cursor && { cursor: state.cursor }),
  };
}

const SORT_WORDS = {
  "-createdAt": "Newest first",
  createdAt: "Oldest first",
  "-paidAt": "Paid last first",
  "-total": "Largest first",
  total: "Smallest first",
} as const satisfies Partial<Record<(typeof PAYMENT_SORTS)[number], string>>;

type Todo = (typeof PAYMENT_TODOS)[number];

/** For whoever adds up: what was rejected or has failed moved no books. */
const STANDING_WORDS: Record<PaymentSideName, string> = {
  outgoing: "Without failed or rejected",
  incoming: "Without rejected",
};

/** What a person must do, offered beside the statuses. */
const TODO_WORDS: Record<PaymentSideName, Partial<Record<Todo, string>>> = {
  outgoing: {
    unanswered: "Not answered yet",
    "pay-again": "To pay again",
    "send-again": UNDELIVERED_WORDS.outgoing,
  },
  incoming: { unanswered: "Not settled yet", "send-again": UNDELIVERED_WORDS.incoming },
};

const isTodo = (chosen: string | null): chosen is Todo =>
  (PAYMENT_TODOS as readonly (string | null)[]).includes(chosen);

interface PaymentFilterBarProps {
  business: string;
  side: PaymentSideName;
  filters: PaymentFilterState;
  /** The rows shown, one of which may know the party's name. */
  shown: readonly Payment[] | undefined;
}

export function PaymentFilterBar({ business, side, filters, shown }: PaymentFilterBarProps) {
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
      actions={<PaymentExport business={business} query={toPaymentQuery(side, state)} />}
    >
      <OnlyParty b2bId={state.counterparty} shown={shown} />
      <StatusSelect<StatusFilter | Todo>
        value={state.todo ?? state.status}
        onChange={(chosen) => set(isTodo(chosen) ? { todo: chosen, status: null } : { todo: null, status: chosen })}
        words={{ ...PAYMENT_STATUS_WORDS[side], [STANDING]: STANDING_WORDS[side], ...TODO_WORDS[side] }}
      />
      <DayRange
        lead="Paid"
        labels={{ from: "Paid from", to: "Paid to" }}
        from={state.from}
        to={state.to}
        onChange={set}
      />
      <OrderSelect value={state.sort} onChange={(sort) => set({ sort })} words={SORT_WORDS} />
    </FilterBar>
  );
}
