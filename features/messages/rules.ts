const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waiting times between attempts in milliseconds: seconds at first, then hours, 74 hours and 18 attempts in all. */
export const BACK_OFF_MS: readonly number[] = [
  1 * SECOND,
  3 * SECOND,
  10 * SECOND,
  30 * SECOND,
  1 * MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  1 * HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  12 * HOUR,
  12 * HOUR,
  24 * HOUR,
];

/** The youngest age, in milliseconds, at which a message is given up, however soon its attempts were used up. */
const TRIED_AT_LEAST_MS = 72 * HOUR;

/** The longest wait, in milliseconds, that the network can ask for. */
const LONGEST_WAIT_MS = 24 * HOUR;

/**
 * How long to wait after the `attempt`-th attempt (from 1) failed, in milliseconds; null when it was the last one. Attempts whose worker
 * was killed count as well, and may be used up within minutes: then it is tried every hour until the message is three days old.
 * Up to a quarter is added by chance, so that messages that failed together don't all come back together; never subtracted, so the
 * whole stays above 72 hours. A longer `retryAfterMs` is honoured.
 * @param random a number in [0, 1)
 * @param age of the message when the attempt ended, in milliseconds
 */
export function waitAfter(attempt: number, random: number, age: number, retryAfterMs = 0): number | null {
  const wait = BACK_OFF_MS[attempt - 1] ?? (age < TRIED_AT_LEAST_MS ? HOUR : undefined);
  if (wait === undefined) return null;
  const jittered = wait * (1 + random / 4);
  return Math.round(Math.min(Math.max(jittered, retryAfterMs), Math.max(jittered, LONGEST_WAIT_MS)));
}

/** An attempt that has not reported back for this long, in milliseconds, died with its worker, and is made again. */
export const LEASE_MS = 45 * SECOND;

/** The longest one attempt may take, in milliseconds: well inside the lease. */
export const ATTEMPT_TIMEOUT_MS = 20 * SECOND;
