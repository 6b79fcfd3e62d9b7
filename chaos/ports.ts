import { randomInt } from "node:crypto";
import { isPortFree } from "@/scripts/ports";

/** Below what Linux and macOS give to outgoing connections: one of those would take a portal's port while the portal is away. */
const RANGE = { min: 15_000, max: 32_000 } as const;

/** A port that is free now, and that nobody gets by chance while whoever listens there is killed and started again. */
export async function findLastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(RANGE.min, RANGE.max);
    if (await isPortFree(port)) return port;
  }
}
