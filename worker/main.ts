import { publishFigures } from "@/features/health/publish";
import { disconnect } from "@/lib/db";
import { checkEnvironment } from "@/lib/env";
import { logger } from "@/lib/logger";
import { startMetrics } from "@/lib/metrics-server";
import { limitPatience } from "@/lib/watched-client";
import { startWorker } from "@/worker/runtime";

/** A stop that takes longer than this, in milliseconds, is cut short: what was held is claimed again when its lease has run out. */
const STOP_TIMEOUT_MS = 9_000;

checkEnvironment();
limitPatience();
await startMetrics();
publishFigures();
const worker = await startWorker();

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ signal }, "the worker is stopping");
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
  await worker.stop();
  await disconnect();
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
