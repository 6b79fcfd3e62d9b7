"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { DayRange, parseAsDay } from "@/components/lists/day-range";
import { ExportMenu } from "@/components/lists/export-menu";
import { FilterBar } from "@/components/ui/filter-bar";
import { Select } from "@/components/ui/select";
import type { ActivityQueryInput } from "@/features/activity/api";
import { activityExportUrl } from "@/features/activity/client";

const filters = {
  by: parseAsString,
  about: parseAsStringLiteral(["access"]),
  from: parseAsDay,
  to: parseAsDay,
  cursor: parseAsString,
};

/** The trail's filters, kept in the address. */
export function useActivityFilters() {
  const [state, setState] = useQueryStates(filters, { history: "push", scroll: false });
  return {
    state,
    set: (change: Partial<typeof state>) => setState({ cursor: null, ...change }),
    clear: () => setState({ by: null, about: null, from: null, to: null, cursor: null }),
    isFiltered: Boolean(state.by || state.about || state.from || state.to),
  };
}

export type ActivityFilterState = ReturnType<typeof useActivityFilters>;

/** The question for the server that the filters ask. */
export function toActivityQuery({ by, about, from, to, cursor }: ActivityFilterState["state"]): ActivityQueryInput {
  return {
    ...(by && { by }),
    ...(about && { about }),
    ...(from && { from }),
    ...(to && { to }),
    ...(cursor && { cursor }),
  };
}

export interface Person {
  userId: string;
  name: string;
}

const toOption = ({ userId, name }: Person) => (
  <option key={userId} value={userId}>
    {name}
  </option>
);

interface ActivityFilterBarProps {
  business: string;
  people: readonly Person[];
  former: readonly Person[];
  filters: ActivityFilterState;
}

export function ActivityFilterBar({ business, people, former, filters }: ActivityFilterBarProps) {
  const { state, set, clear, isFiltered } = filters;
  return (
    <FilterBar
      onClear={isFiltered ? clear : undefined}
      actions={<ExportMenu hrefOf={activityExportUrl(business, toActivityQuery(state))} />}
    >
      <Select
        aria-label="Done by"
        className="w-44"
        value={state.by ?? ""}
        onChange={(event) => set({ by: event.target.value || null })}
      >
        <option value="">By anyone</option>
        <option value="people">People</option>
        <option value="api-keys">API keys</option>
        {people.map(toOption)}
        {former.length > 0 && <optgroup label="No longer here">{former.map(toOption)}</optgroup>}
      </Select>
      <Select
        aria-label="About"
        className="w-44"
        value={state.about ?? ""}
        onChange={(event) => set({ about: event.target.value === "access" ? "access" : null })}
      >
        <option value="">Anything</option>
        <option value="access">People and access</option>
      </Select>
      <DayRange lead="From" labels={{ from: "From", to: "To" }} from={state.from} to={state.to} onChange={set} />
    </FilterBar>
  );
}
