import "server-only";
import pg from "pg";

/*
 * A server whose machine loses its power, or whose address moves to a standby, sends no word. Whoever had asked it something would wait for
 * a quarter of an hour, until TCP gives up, with every connection of the pool, although the standby has long been ready.
 */

/** What every lasting connection is opened with: a silent end shows within some 20 s while nothing is asked, and opening takes 10 s at most. */
export const WATCHED = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  connectionTimeoutMillis: 10_000,
} as const;

/**
 * Longer than any statement of a process that serves may take (a transaction has 15 s), and shorter than a lease on a message
 * (features/messages/rules.ts), so that its result can still be written down; in milliseconds.
 */
const PATIENCE_MS = 30_000;

// On the process, not the module: Next.js may load a module more than once.
const held = globalThis as { chuktaPatienceMs?: number };

/**
 * From now on this process drops a connection that has not answered for `ms` milliseconds. Programs at the terminal (audit:verify) never
 * call this.
 */
export function limitPatience(ms = PATIENCE_MS): void {
  held.chuktaPatienceMs = ms;
}

/**
 * What a server says that has become the standby while connections to it stayed open, as some providers' fail-overs have it: only a new
 * connection finds the one that takes writes.
 */
const READ_ONLY = "25006";

/** A connection that breaks, with an error for whoever waits on it, where an answer is too long in coming, or the server takes no writes any more. */
export class WatchedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const send = this.query.bind(this) as (...words: unknown[]) => unknown;
    let overdue: NodeJS.Timeout | undefined;
    const sendWatched = (...words: unknown[]) => {
      const ms = held.chuktaPatienceMs;
      // What is asked while an answer is still due puts nothing off: neither the ROLLBACK of a transaction whose time is up, nor whoever
      // asks in vain again and again.
      if (ms !== undefined) overdue ??= setTimeout(() => this.connection.stream.destroy(), ms).unref();
      return send(...words);
    };
    this.query = sendWatched as typeof this.query;
    this.connection.on("errorMessage", ({ code }: { code?: string }) => {
      // After whoever asked has got this error.
      if (code === READ_ONLY) setImmediate(() => this.connection.stream.destroy());
    });
    // An answer has come; another may be due.
    this.connection.on("readyForQuery", () => overdue?.refresh());
    for (const over of ["drain", "end"] as const)
      this.on(over, () => {
        clearTimeout(overdue);
        overdue = undefined;
      });
  }
}
