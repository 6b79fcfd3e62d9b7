import { setTimeout as delay } from "node:timers/promises";
import type { Attempt } from "@/features/messages/mutations/deliver";
import { concernsPayment, settleAttempt, settleAttempts } from "@/features/messages/mutations/settle-attempts";
import { LEASE_MS } from "@/features/messages/rules";
import { logger } from "@/lib/logger";

/** Results in one statement at most; beyond this a result gets no cheaper. */
const BATCH = 500;

/** With fewer results than this, and attempts still under way, we wait for more of them first. */
const WORTH = 32;

/** How long we wait then, in milliseconds. */
const GATHER_MS = 5;

const RETRY_MS = 250;

/**
 * Writes down what came of attempts: while one statement is under way the next results gather, and go together in the next one.
 * While the database is away they are kept, as long as their leases hold them; after that the messages are sent again, and the
 * network knows them.
 */
export class Settler {
  private waiting: { attempt: Attempt; settled: () => void }[] = [];
  private busy = false;

  /** @param underWay how many attempts there are whose results are not written down */
  constructor(private readonly underWay: () => number) {}

  /** Resolves when it is written down, or given up. */
  settle(attempt: Attempt): Promise<void> {
    if (concernsPayment(attempt)) return persist(() => settleAttempt(attempt), [attempt]);
    return new Promise((settled) => {
      this.waiting.push({ attempt, settled });
      if (!this.busy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      if (this.waiting.length < Math.min(WORTH, this.underWay())) await delay(GATHER_MS);
      const batch = this.waiting.splice(0, BATCH);
      const attempts = batch.map(({ attempt }) => attempt);
      await persist(() => settleAttempts(attempts), attempts);
      for (const { settled } of batch) settled();
    }
    this.busy = false;
  }
}

/** A value that the table won't take: trying again won't help, and the other results need not suffer from it. */
const isAboutTheData = (error: unknown) => /^2[23]/.test(String((error as { code?: unknown }).code ?? ""));

async function persist(write: () => Promise<void>, attempts: readonly Attempt[]): Promise<void> {
  const giveUpAt = performance.now() + LEASE_MS;
  for (;;) {
    try {
      return await write();
    } catch (err) {
      if (attempts.length > 1 && isAboutTheData(err)) {
        for (const attempt of attempts) await persist(() => settleAttempt(attempt), [attempt]);
        return;
      }
      const over = isAboutTheData(err) || performance.now() > giveUpAt;
      logger.error({ err, messages: attempts.length, over }, "the result of an attempt could not be written down");
      if (over) return;
      await delay(RETRY_MS);
    }
  }
}
