import type { Activity } from "@/features/activity/api";
import { toIstDay } from "@/lib/time";

/** The last event of each payment, invoice, person or key, which says how it stands; in their order, at most `most` of them. */
export function latestOfEach(items: readonly Activity[], most: number): Activity[] {
  const seen = new Set<string>();
  return items
    .filter(({ subject }) => {
      const key = `${subject.kind} ${subject.id}`;
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, most);
}

/** Events under the day in India that they are of (2026-11-20), in their order. */
export function byDay(events: readonly Activity[]): { day: string; events: Activity[] }[] {
  const days: { day: string; events: Activity[] }[] = [];
  for (const event of events) {
    const day = toIstDay(new Date(event.at));
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days;
}

const FOLDERS = { payable: "bills", receivable: "invoices", outgoing: "payments", incoming: "received" } as const;
const SETTINGS: Partial<Record<Activity["subject"]["kind"], string>> = {
  member: "settings/people",
  business: "settings/people",
  "api-key": "settings/api-keys",
};

/** Where what an event is about is looked at, below the business's own address; null when it has no page. */
export function pageOf({ kind, id, side }: Activity["subject"]): string | null {
  if (kind === "counterparty") return `parties/${encodeURIComponent(id)}`;
  return side ? `${FOLDERS[side]}/${id}` : (SETTINGS[kind] ?? null);
}
