import { logger } from "@/lib/logger";

export interface Ticker {
  /** Resolves when the run that was under way has ended; there is none after it. */
  stop: () => Promise<void>;
}

/** Does something again and again, `ms` milliseconds after its last run ended. What it throws is logged, and it goes on. */
export function every(ms: number, name: string, run: () => Promise<unknown>): Ticker {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const tick = async () => {
    try {
      await run();
    } catch (err) {
      logger.error({ err }, `could not ${name}`);
    }
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      running = tick();
    }, ms);
  };
  running = tick();

  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
