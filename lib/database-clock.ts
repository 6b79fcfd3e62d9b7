import "server-only";
import { performance } from "node:perf_hooks";
import { runFresh } from "@/lib/pool";
import type { Clock } from "@/lib/time";

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

/** What has to be added to the monotonic clock, in milliseconds: exact to half a round trip. */
async function readOffset(): Promise<number> {
  const before = performance.now();
  const [row] = await runFresh<{ now: Date }>("SELECT clock_timestamp() AS now", []);
  return Number(row?.now) - (before + performance.now()) / 2;
}
