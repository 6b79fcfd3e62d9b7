import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** The memory that a process has in use, in MB; null where the system doesn't say. */
export function memoryOf(pid: number): number | null {
  try {
    const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return found ? Math.round(Number(found) / 1024) : null;
  } catch {
    return null;
  }
}

export interface Vigil {
  /** Ends it. @returns what ordinary callers met meanwhile */
  end: () => Promise<{
    asked: number;
    slowestMs: number;
    medianMs: number;
    failures: string[];
    mostMemory: number | null;
  }>;
}

/** An ordinary caller, who asks again and again while something is done to the portal: it must go on answering them. */
export function keepVigil(url: string, pid: number): Vigil {
  const times: number[] = [];
  const failures: string[] = [];
  let mostMemory = memoryOf(pid);
  let over = false;
  const asking = (async () => {
    while (!over) {
      const began = performance.now();
      try {
        const response = await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(20_000) });
        await response.body?.cancel();
        if (response.status !== 200) failures.push(`/api/health/ready answered ${response.status}`);
      } catch (error) {
        failures.push(`/api/health/ready: ${(error as Error).message}`);
      }
      times.push(performance.now() - began);
      const memory = memoryOf(pid);
      if (memory !== null && memory > (mostMemory ?? 0)) mostMemory = memory;
      await delay(200);
    }
  })();
  return {
    end: async () => {
      over = true;
      await asking;
      times.sort((a, b) => a - b);
      return {
        asked: times.length,
        slowestMs: Math.round(times.at(-1) ?? 0),
        medianMs: Math.round(times[times.length >> 1] ?? 0),
        failures,
        mostMemory,
      };
    },
  };
}
