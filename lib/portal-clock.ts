import type { Clock } from "@/lib/time";

/** An answer that took longer, in milliseconds, lay here while the machine slept: it tells an earlier time. */
const FRESH_MS = 20_000;

/** What has to be added to this browser's clock, in milliseconds; null before the portal has said anything. */
let offset: number | null = null;

/**
 * The time by the portal's clock. In a browser it is its own, put right by what the portal said last: a machine whose clock is a day off,
 * or is set to another time zone's hours, would have a payment made on another day than today. On the server its own.
 */
export const portalNow: Clock = () => new Date(Date.now() + (offset ?? 0));

/**
 * Hears what time it is at the portal, from an answer of its API that has come just now.
 * @param said the answer's `Date`, in whole seconds; nothing is heard where it has none
 * @param askedAt when it was asked for, by this browser's clock, in milliseconds
 */
export function hearTime(said: string | null, askedAt: number): void {
  const [at, own] = [Date.parse(said ?? ""), Date.now()];
  if (!Number.isNaN(at) && own - askedAt < FRESH_MS) offset = at - own;
}

/**
 * Hears it with a page, in a browser where no answer has said it yet: pages are also brought as they came before, on the way back.
 * @param said an instant in ISO 8601
 */
export function hearTimeFirst(said: string): void {
  if (typeof window !== "undefined" && offset === null) hearTime(said, Date.now());
}
