import "server-only";
import { Logger, type Runner, run } from "graphile-worker";
import { sealAll } from "@/features/audit/seal";
import { pruneRefused } from "@/features/messages/mutations/keep-refused";
import { DatabaseClock } from "@/lib/database-clock";
import { env } from "@/lib/env";
import { type Jobs, tidyQueue } from "@/lib/jobs";
import { logger } from "@/lib/logger";
import { systemClock } from "@/lib/time";
import { startDelivery } from "@/worker/delivery";
import { shareInvoice } from "@/worker/tasks/share-invoice";
import { every, type Ticker } from "@/worker/ticker";

/** Jobs that run at once. */
const CONCURRENCY = 4;

const SECOND = 1000;

export interface Worker {
  /** Takes no new work, and resolves when what runs has ended. */
  stop: () => Promise<void>;
}

/** Starts the worker in this process: messages to the network, jobs from the queue, and what has to be done again and again. */
export async function startWorker(): Promise<Worker> {
  const clock = await DatabaseClock.read();
  const runner: Runner = await run({
    connectionString: env.DATABASE_URL,
    concurrency: CONCURRENCY,
    // Whoever started us ends us, in order.
    noHandleSignals: true,
    pollInterval: 1 * SECOND,
    logger: new Logger(
      () => (level, message) => logger[level === "warning" ? "warn" : level]?.({ app: "queue" }, message),
    ),
    taskList: {
      "share-invoice": (payload) => shareInvoice(payload as Jobs["share-invoice"]),
    },
  });
  const delivery = startDelivery(clock.now);
  const tickers: Ticker[] = [
    every(10 * SECOND, "read the database's clock", () => clock.adjust()),
    every(2 * SECOND, "seal the audit trail", sealAll),
    every(30 * SECOND, "tidy the queue", () => tidyQueue(systemClock())),
    every(3600 * SECOND, "prune refused messages", () => pruneRefused(systemClock())),
  ];
  logger.info("the worker is running");
  return {
    stop: async () => {
      await Promise.all([delivery.stop(), runner.stop(), ...tickers.map((ticker) => ticker.stop())]);
    },
  };
}
