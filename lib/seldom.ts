/** The shortest time between two reads, in milliseconds, however often somebody asks. */
const FRESH_MS = 10_000;

/** The largest share of one connection's time that the reads may take: what took a second isn't read again for fifty. */
const SHARE = 0.02;

/** Prometheus gives up after ten seconds, and would then have no figures at all; in milliseconds. */
const PATIENCE_MS = 4_000;

export interface SeldomOptions {
  /** Told why a read failed. */
  failed: (error: unknown) => void;
  /** Milliseconds, from wherever. */
  now?: () => number;
  patienceMs?: number;
}

/**
 * A read that many may ask for, and that is carried out seldom and one at a time. Everybody gets what the last one found; null when the
 * first is still running, or the last one failed.
 */
export function seldom<T>(
  read: () => Promise<T>,
  { failed, now = () => performance.now(), patienceMs = PATIENCE_MS }: SeldomOptions,
): () => Promise<T | null> {
  let value: T | null = null;
  let nextAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;

  const refresh = async () => {
    const startedAt = now();
    try {
      value = await read();
    } catch (error) {
      value = null;
      failed(error);
    }
    nextAt = now() + Math.max(FRESH_MS, (now() - startedAt) / SHARE);
    running = null;
  };

  return async () => {
    if (!running && now() >= nextAt) running = refresh();
    if (!running) return value;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([running, patience]);
    clearTimeout(timer);
    return value;
  };
}
