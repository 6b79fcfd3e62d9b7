import { readdirSync, readFileSync } from "node:fs";

/** Of a clock tick, in milliseconds: 100 a second on every Linux there is. */
const TICK_MS = 10;

/** Fields of /proc/<pid>/stat after the name, which may hold anything. */
function statOf(pid: number | string): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? null;
  } catch {
    return null;
  }
}

/**
 * Processor time that a process and its children have used, in milliseconds: unlike a rate it says the same on a busy machine.
 * NaN where there is no /proc.
 */
export function processorTime(pid: number): number {
  let ticks = Number.NaN;
  const timeOf = (stat: string[]) => Number(stat[11]) + Number(stat[12]);
  const own = statOf(pid);
  if (own) {
    // Children that have ended are in its own figures already (cutime, cstime).
    ticks = timeOf(own) + Number(own[13]) + Number(own[14]);
    for (const other of readdirSync("/proc")) {
      const stat = /^\d+$/.test(other) ? statOf(other) : null;
      if (stat?.[1] === String(pid)) ticks += timeOf(stat);
    }
  }
  return ticks * TICK_MS;
}
