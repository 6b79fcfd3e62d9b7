import "server-only";
import { pruneSessions } from "@/features/accounts/mutations/prune-sessions";
import { sealAll } from "@/features/audit/seal";
import { pruneRefused } from "@/features/messages/mutations/keep-refused";
import { DatabaseClock } from "@/lib/database-clock";
import { type Jobs, tidyQueue } from "@/lib/jobs";
import { logger } from "@/lib/logger";
import { pruneChallenges } from "@/lib/passkey-challenge";
import { pruneAttempts } from "@/lib/throttle";
import { startDelivery } from "@/worker/delivery";
import { startQueue } from "@/worker/queue";
import { renameParty } from "@/worker/tasks/rename-party";
import { shareAnswer } from "@/worker/tasks/share-answer";
import { shareInvoice } from "@/worker/tasks/share-invoice";
import { shareWithNewcomer } from "@/worker/tasks/share-with-newcomer";
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
  const queue = await startQueue(
    {
      "share-invoice": (payload) => shareInvoice(payload as Jobs["share-invoice"], clock.now),
      "share-answer": (payload) => shareAnswer(payload as Jobs["share-answer"], clock.now),
      "share-with-newcomer": (payload) => shareWithNewcomer(payload as Jobs["share-with-newcomer"]),
      "rename-party": (payload) => renameParty(payload as Jobs["rename-party"]),
      // Jobs of a portal of the release before this one: its message's row is in the queue already. To be removed one release later.
      deliver: async () => {},
    },
    CONCURRENCY,
  );
  const delivery = startDelivery(clock.now);
  const tickers: Ticker[] = [
    every(10 * SECOND, "read the database's clock", () => clock.adjust()),
    every(2 * SECOND, "seal the audit trail", sealAll),
    every(30 * SECOND, "tidy the queue", () => tidyQueue(clock.now())),
    every(3600 * SECOND, "prune refused messages", () => pruneRefused(clock.now())),
    every(3600 * SECOND, "prune sessions", () => pruneSessions(clock.now())),
    every(3600 * SECOND, "prune challenges", () => pruneChallenges(clock.now())),
    every(3600 * SECOND, "prune attempts to sign in", () => pruneAttempts(clock.now())),
  ];
  logger.info("the worker is running");
  return {
    stop: async () => {
      await Promise.all([delivery.stop(), queue.stop(), ...tickers.map((ticker) => ticker.stop())]);
    },
  };
}
