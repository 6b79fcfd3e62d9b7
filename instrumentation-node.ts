import { publishFigures } from "@/features/health/publish";
import { system } from "@/lib/db";
import { checkEnvironment, env } from "@/lib/env";
import { stampPeerAddresses } from "@/lib/http/client-address";
import { followRequests } from "@/lib/http/follow-requests";
import { countRequests } from "@/lib/http/in-flight";
import { logger } from "@/lib/logger";
import { startMetrics } from "@/lib/metrics-server";
import { limitPatience } from "@/lib/watched-client";
import { startWorker, type Worker } from "@/worker/runtime";

/** What the portal's process holds besides HTTP. */
interface Portal {
  /** Ends the worker when it is inline, and waits for what it has in hand. */
  stop: () => Promise<void>;
}

const held = globalThis as { chuktaPortal?: Promise<Portal> };

/**
 * Starts what the portal's process holds besides HTTP: settings checked, peers known, pool warm, the worker when it is inline.
 * Once a process: the portal's own server calls it (server/main.ts), and so does Next.js, which alone runs in development.
 */
export function startPortal(): Promise<Portal> {
  held.chuktaPortal ??= start();
  return held.chuktaPortal;
}

async function start(): Promise<Portal> {
  checkEnvironment();
  stampPeerAddresses();
  countRequests();
  followRequests();
  limitPatience();
  await startMetrics();
  // The first query pays for the client; a database that is away now is a matter for /api/health/ready.
  await system.$queryRaw`SELECT 1`.catch((err: unknown) => logger.warn({ err }, "the database can't be reached yet"));
  const worker = env.WORKER === "inline" ? startWithRetries() : null;
  if (worker) publishFigures();
  return { stop: async () => (await worker)?.stop() };
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
