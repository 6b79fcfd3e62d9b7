import "server-only";
import { Logger, type Runner, run } from "graphile-worker";
import { sealAll } from "@/features/audit/seal";
import { deliverMessage } from "@/features/messages/mutations/deliver";
import { pruneRefused } from "@/features/messages/mutations/keep-refused";
import { sweepMessages } from "@/features/messages/mutations/sweep";
import { env } from "@/lib/env";
import { type Jobs, tidyQueue } from "@/lib/jobs";
import { logger } from "@/lib/logger";
import { systemClock } from "@/lib/time";
import { shareInvoice } from "@/worker/tasks/share-invoice";
import { every, type Ticker } from "@/worker/ticker";

/** Deliveries wait for the network far longer than for the processor, so one worker holds many. */
const CONCURRENCY = 16;

const SECOND = 1000;

export interface Worker {
  /** Takes no new work, and resolves when what runs has ended. */
  stop: () => Promise<void>;
}

/** Starts the worker in this process: jobs from the queue, and what has to be done again and again. */
export async function startWorker(): Promise<Worker> {
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
      deliver: (payload) => deliverMessage(payload as Jobs["deliver"], systemClock),
      "share-invoice": (payload) => shareInvoice(payload as Jobs["share-invoice"]),
    },
  });
  const tickers: Ticker[] = [
    every(2 * SECOND, "sweep messages", () => sweepMessages(systemClock())),
    every(2 * SECOND, "seal the audit trail", sealAll),
    every(30 * SECOND, "tidy the queue", () => tidyQueue(systemClock())),
    every(3600 * SECOND, "prune refused messages", () => pruneRefused(systemClock())),
  ];
  logger.info("the worker is running");
  return {
    stop: async () => {
      await Promise.all(tickers.map((ticker) => ticker.stop()));
      await runner.stop();
    },
  };
}
