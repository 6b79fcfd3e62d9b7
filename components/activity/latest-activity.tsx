"use client";

import { useQuery } from "@tanstack/react-query";
import { ActivityLine } from "@/components/activity/activity-line";
import { broughtAt } from "@/components/brought-at";
import { Card, CardHeader } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { ActivityPage, ActivityQueryInput } from "@/features/activity/api";
import { activityQuery } from "@/features/activity/client";
import { latestOfEach } from "@/features/activity/rules";
import { formatDate, formatTime } from "@/lib/time";

/** One payment makes three or four lines, so that a first page has enough for as many different things as are shown. */
const SHOWN = 6;

interface LatestActivityProps {
  business: string;
  /** What the first page of the trail is asked for by. */
  query: ActivityQueryInput;
  initial: ActivityPage;
}

/** What happened last, a line for each payment, invoice or person: how it stands now. Nothing in a business without a past. */
export function LatestActivity({ business, query, initial }: LatestActivityProps) {
  const { data } = useQuery({
    ...activityQuery(business, query),
    initialData: initial,
    initialDataUpdatedAt: broughtAt(initial),
  });
  const latest = latestOfEach(data.items, SHOWN);
  if (latest.length === 0) return null;
  return (
    <Card aria-label="What happened last">
      <CardHeader
        title="What happened last"
        actions={<TextLink href={`/b/${business}/activity`}>All activity</TextLink>}
      />
      <ul className="py-2">
        {latest.map((event) => {
          const at = new Date(event.at);
          return (
            <ActivityLine
              key={event.id}
              business={business}
              event={event}
              time={
                <>
                  {formatDate(at)}
                  <span className="block text-right">{formatTime(at)}</span>
                </>
              }
            />
          );
        })}
      </ul>
    </Card>
  );
}
