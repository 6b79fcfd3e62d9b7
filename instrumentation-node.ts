import { prisma } from "@/lib/db";
import { checkEnvironment, env } from "@/lib/env";
import { stampPeerAddresses } from "@/lib/http/client-address";
import { countRequests, drained } from "@/lib/http/in-flight";
import { logger } from "@/lib/logger";
import { beginStopping } from "@/lib/readiness";
import { startWorker, type Worker } from "@/worker/runtime";

/** How long a stop waits for what runs, in milliseconds, before the process ends all the same. */
const STOP_TIMEOUT_MS = 9_000;

/** Starts what the portal's process holds besides Next.js: settings checked, peers known, pool warm, the worker when it is inline. */
export async function startPortal(): Promise<void> {
  checkEnvironment();
  stampPeerAddresses();
  countRequests();
  // The first query pays for the client; a database that is away now is a matter for /api/health/ready.
  await prisma.$queryRaw`SELECT 1`.catch((err: unknown) => logger.warn({ err }, "the database can't be reached yet"));
  const worker = env.WORKER === "inline" ? startWithRetries() : null;
  stopOnSignals(worker);
}

/** The worker needs the database; while that is away it is tried again, since the portal serves on. */
async function startWithRetries(): Promise<Worker> {
  for (;;) {
    try {
      return await startWorker();
    } catch (err) {
      logger.error({ err }, "the worker could not start; it is tried again");
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
}

/** NEXT_MANUAL_SIG_HANDLE leaves the signals to us: not ready, finish what runs, leave (docs/operations.md). */
function stopOnSignals(worker: Promise<Worker> | null): void {
  if (!process.env.NEXT_MANUAL_SIG_HANDLE) return;
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    beginStopping();
    logger.info({ signal }, "the portal is stopping");
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    await Promise.all([drained(), worker?.then((started) => started.stop())]);
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
}
