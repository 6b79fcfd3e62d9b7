"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import {
  ActivityFilterBar,
  type Person,
  toActivityQuery,
  useActivityFilters,
} from "@/components/activity/activity-filters";
import { ActivityLine } from "@/components/activity/activity-line";
import { type FirstPage, initialFor } from "@/components/lists/first-page";
import { ListFrame } from "@/components/lists/list-frame";
import { EmptyState } from "@/components/ui/empty-state";
import type { ActivityPage, ActivityQueryInput } from "@/features/activity/api";
import { activityQuery } from "@/features/activity/client";
import { byDay } from "@/features/activity/rules";
import { formatDay, formatTime } from "@/lib/time";

interface ActivityListProps {
  business: string;
  people: readonly Person[];
  /** Who did something here and belongs to the business no longer. */
  former: readonly Person[];
  first: FirstPage<ActivityQueryInput, ActivityPage>;
}

/** The audit trail, newest first, a heading a day; its filters are in the address. */
export function ActivityList({ business, people, former, first }: ActivityListProps) {
  const filters = useActivityFilters();
  const query = toActivityQuery(filters.state);
  const found = useQuery({
    ...activityQuery(business, query),
    ...initialFor(query, first),
  });
  return (
    <ListFrame
      label="Activity"
      filters={<ActivityFilterBar business={business} people={people} former={former} filters={filters} />}
      found={found}
      summary={() => "Newest first, times in IST"}
      onCursor={(cursor) => filters.set({ cursor })}
      empty={
        <EmptyState icon={<History />} title={filters.isFiltered ? "Nothing matches" : "Nothing has happened yet"}>
          {filters.isFiltered
            ? "Try another person or other days, or clear the filters."
            : "Every payment, bill and change of settings is told here, with who did it and when."}
        </EmptyState>
      }
    >
      {({ items }) =>
        byDay(items).map(({ day, events }) => (
          <section key={day} className="border-line border-b pb-1.5">
            <h2 className="px-4 pt-3 pb-1 font-semibold text-[0.8125rem] text-muted sm:px-5">{formatDay(day)}</h2>
            <ul>
              {events.map((event) => (
                <ActivityLine key={event.id} business={business} event={event} time={formatTime(new Date(event.at))} />
              ))}
            </ul>
          </section>
        ))
      }
    </ListFrame>
  );
}
