const DAY_MS = 86_400_000;

/** A Retry-After header, in seconds or as an HTTP date, as milliseconds from `now`: 0 to a day; undefined when it says nothing. */
export function retryAfterMs(header: string | null, now: Date): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : httpDate(value) - now.getTime();
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), DAY_MS);
}

function httpDate(value: string): number {
  // "Fri, 20 Nov 2026 08:35:00 GMT", and nothing of what Date.parse takes besides.
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)
    ? Date.parse(value)
    : Number.NaN;
}
