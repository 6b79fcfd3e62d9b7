import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Timeline, TimelineItem } from "@/components/ui/timeline";
import type { Tone } from "@/components/ui/tone";
import type { TimelineEntry } from "@/features/payments/api";
import { formatDateTime } from "@/lib/time";

const TONES: Record<TimelineEntry["tone"], Tone> = {
  done: "success",
  current: "info",
  problem: "danger",
  pending: "neutral",
};

/** A payment's way: what happened, who did it, what they said, and what is still to come. */
export function PaymentTimeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <Card>
      <CardHeader title="Progress" />
      <CardBody>
        <Timeline label="What happened to this payment">
          {entries.map(({ key, at, title, detail, actor, tone }) => (
            <TimelineItem key={key} tone={TONES[tone]} title={title} time={at && formatDateTime(new Date(at))}>
              {actor && <p>{actor}</p>}
              {detail && <p className="text-ink [overflow-wrap:anywhere]">{detail}</p>}
            </TimelineItem>
          ))}
        </Timeline>
      </CardBody>
    </Card>
  );
}
