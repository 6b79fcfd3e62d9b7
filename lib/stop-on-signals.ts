import "server-only";
import { disconnect } from "@/lib/db";
import { logger } from "@/lib/logger";

/** A stop that takes longer than this, in milliseconds, is cut short: what was held is claimed again when its lease has run out. */
const STOP_TIMEOUT_MS = 9_000;

/**
 * From now on this process ends in order when it is asked to (docs/operations.md): `stop` first, then its connections.
 * @param name of the program, for the log
 */
export function stopOnSignals(name: string, stop: () => Promise<unknown>): void {
  let stopping = false;
  const end = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, `${name} is stopping`);
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    await stop();
    await disconnect();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void end(signal));
}
