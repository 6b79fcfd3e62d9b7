import { Pool } from "undici";

/** One request that is sent once. */
export interface Shot {
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface LoadResult {
  perSecond: number;
  /** Milliseconds from sending to the reply's last byte. */
  p50: number;
  p99: number;
}

/**
 * Sends each request once over `connections` connections, each sending its next when the last was answered.
 * @param isGood whether a reply's body says that the work was done; a measurement of refusals would be worth nothing
 * @throws Error with the first reply that isn't good
 */
export async function fire(
  origin: string,
  shots: readonly Shot[],
  { connections, isGood }: { connections: number; isGood: (body: string) => boolean },
): Promise<LoadResult> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const took: number[] = [];
  let next = 0;
  async function shoot(): Promise<void> {
    for (let shot = shots[next++]; shot; shot = shots[next++]) {
      const start = performance.now();
      const { statusCode, body } = await pool.request({ ...shot, method: "POST" });
      const text = await body.text();
      took.push(performance.now() - start);
      if (statusCode !== 200 || !isGood(text)) throw new Error(`HTTP ${statusCode}: ${text.slice(0, 500)}`);
    }
  }
  const start = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, shoot));
  } finally {
    await pool.close();
  }
  const seconds = (performance.now() - start) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN;
  return { perSecond: took.length / seconds, p50: at(0.5), p99: at(0.99) };
}

/** The middle value; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
