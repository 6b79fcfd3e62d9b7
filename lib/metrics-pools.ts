import "server-only";
import { metrics } from "@/lib/metrics";

/** What a pool of `pg`'s tells of itself. */
interface Pool {
  readonly options: { max: number };
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

const held = globalThis as { chuktaPools?: Map<string, Pool> };

function publish(pools: Map<string, Pool>): void {
  const { gauge } = metrics();
  gauge("chukta_db_pool_size", "Connections that a pool may open.", ["pool"], (size) => {
    for (const [pool, { options }] of pools) size.set({ pool }, options.max);
  });
  gauge("chukta_db_pool_waiting", "Statements that wait for a connection.", ["pool"], (waiting) => {
    for (const [pool, { waitingCount }] of pools) waiting.set({ pool }, waitingCount);
  });
  gauge("chukta_db_pool_connections", "Connections of a pool that are open.", ["pool", "state"], (connections) => {
    for (const [pool, { totalCount, idleCount }] of pools) {
      connections.set({ pool, state: "idle" }, idleCount);
      connections.set({ pool, state: "busy" }, totalCount - idleCount);
    }
  });
}

/** From now on this pool's use is among the metrics; a later one of the same name takes its place. */
export function watchPool(name: string, pool: Pool): void {
  if (!held.chuktaPools) {
    held.chuktaPools = new Map();
    publish(held.chuktaPools);
  }
  held.chuktaPools.set(name, pool);
}
