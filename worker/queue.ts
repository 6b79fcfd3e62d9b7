import "server-only";
import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Logger, runTaskList, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { WATCHED, WatchedClient } from "@/lib/watched-client";

/** How often the queue is asked for jobs that nobody announced, in milliseconds. */
const POLL_MS = 1_000;

/** Between tries to begin again while the database is away, in milliseconds. */
const AGAIN_MS = 1_000;

export interface Queue {
  /** Takes no new job, and resolves when those that run have ended. */
  stop: () => Promise<void>;
}

/** A connection for each job that reports its end, and one that listens: as many as graphile-worker itself would take. */
const CONNECTIONS = 10;

/**
 * Connections of the queue's own. graphile-worker listens to their errors only until it has been asked to stop: one that broke after
 * that ended the whole process.
 */
function queuePool(): pg.Pool {
  const pool = new pg.Pool({
    ...WATCHED,
    Client: WatchedClient,
    connectionString: env.DATABASE_URL,
    application_name: "chukta queue",
    max: CONNECTIONS,
  } as pg.PoolConfig);
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/**
 * Runs the queue's jobs, `concurrency` at once. Where the queue can't write down how a job ended, because the database went away at that
 * moment, it gives up one of its job slots for good; so another queue takes its place then. The job itself is given free later
 * (`tidyQueue`), and every task can bear to run twice.
 * @throws when the database can't be reached at the beginning
 */
export async function startQueue(taskList: TaskList, concurrency: number): Promise<Queue> {
  let stopping = false;
  let replacing = Promise.resolve();

  const begin = async (): Promise<Queue> => {
    const pgPool = queuePool();
    const events = new EventEmitter() as WorkerEvents;
    // A queue whose very first look for a job fails never looks again: so it has begun only once that look has succeeded.
    const looked = new Promise<void>((resolve, reject) => {
      events.once("worker:getJob:empty", () => resolve());
      events.once("job:start", () => resolve());
      events.once("worker:getJob:error", ({ error }) => reject(error));
    });
    try {
      await pgPool.query("SELECT 1");
    } catch (error) {
      await pgPool.end();
      throw error;
    }
    // Not graphile-worker's own runner: we need no cron, and its cron ends the process when the database goes away.
    const workers = runTaskList(
      {
        concurrency,
        // Whoever started us ends us, in order.
        noHandleSignals: true,
        pollInterval: POLL_MS,
        logger: new Logger(
          () => (level, message) => logger[level === "warning" ? "warn" : level]?.({ from: "queue" }, message),
        ),
        events,
      },
      taskList,
      pgPool,
    );
    workers.promise.catch((err: unknown) => logger.warn({ err }, "the queue's hands did not end well"));
    const stop = () => workers.gracefulShutdown().finally(() => pgPool.end());
    try {
      await looked;
    } catch (error) {
      await stop().catch(() => {});
      throw error;
    }
    // Each queue is replaced once, also while the one before it is still busy ending.
    events.once("worker:fatalError", () => {
      const next = replace();
      replacing = replacing.then(() => next);
    });
    return { stop };
  };

  const replace = async () => {
    const spent = runner;
    logger.warn("the queue lost a job slot and begins anew");
    while (!stopping) {
      try {
        runner = await begin();
        break;
      } catch (err) {
        logger.error({ err }, "the queue could not begin anew; it is tried again");
        await delay(AGAIN_MS);
      }
    }
    await spent.stop().catch((err: unknown) => logger.warn({ err }, "the queue that was replaced did not end well"));
  };

  let runner = await begin();
  return {
    stop: async () => {
      stopping = true;
      await replacing;
      await runner.stop().catch((err: unknown) => logger.warn({ err }, "the queue did not end well"));
    },
  };
}
