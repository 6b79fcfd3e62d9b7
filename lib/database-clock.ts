import "server-only";
import { performance } from "node:perf_hooks";
import { runFresh } from "@/lib/pool";
import type { Clock } from "@/lib/time";

/** Looks at the database's clock, of which the quickest counts: the first may have had to wait for a connection. */
const LOOKS = 3;

/** Of what two clocks drift apart between two looks, and more: what is due at the database must be due here, in milliseconds. */
const AHEAD_MS = 5;

/**
 * The database's clock, which all workers agree on: one whose machine is off by minutes would otherwise take what others hold, or
 * find nothing due. Between two looks at it this process's monotonic clock counts on, which nobody sets.
 */
export class DatabaseClock {
  private constructor(private offsetMs: number) {}

  static async read(): Promise<DatabaseClock> {
    return new DatabaseClock(await readOffset());
  }

  readonly now: Clock = () => new Date(this.offsetMs + performance.now());

  /** Looks at the database's clock again. */
  async adjust(): Promise<void> {
    this.offsetMs = await readOffset();
  }
}

/** What has to be added to the monotonic clock, in milliseconds: ahead of the database by no more than a round trip, and never behind. */
async function readOffset(): Promise<number> {
  const looks: { tookMs: number; offsetMs: number }[] = [];
  for (let look = 0; look < LOOKS; look++) {
    const before = performance.now();
    const [row] = await runFresh<{ now: Date }>("SELECT clock_timestamp() AS now", []);
    looks.push({ tookMs: performance.now() - before, offsetMs: Number(row?.now) + AHEAD_MS - before });
  }
  return looks.reduce((best, look) => (look.tookMs < best.tookMs ? look : best)).offsetMs;
}
