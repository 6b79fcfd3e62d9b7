import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { logger } from "@/lib/logger";
import { walledConnection } from "@/lib/wall";

/** The lock and the channel of the trigger that wakes workers (migration message_queue). */
const LOCK = 7_274_150_402;
const CHANNEL = "chukta_work";

const RECONNECT_MS = 500;

/**
 * - `rings`: from now on each commit of new work rings, because we hold the lock
 * - `elsewhere`: it rings because another worker holds the lock, which may end at any time
 * - `not-yet`: somebody is about to commit without a ring, so the lock can't be had
 * - `away`: there is no connection
 */
export type Listening = "rings" | "elsewhere" | "not-yet" | "away";

// The shared lock is tried only to see who holds it: those who are about to commit share it, a worker that sleeps doesn't.
const LISTEN = `
  SELECT CASE WHEN pg_try_advisory_lock($1) THEN 'rings'
              WHEN pg_try_advisory_lock_shared($1) THEN CASE WHEN pg_advisory_unlock_shared($1) THEN 'not-yet' END
              ELSE 'elsewhere' END AS listening`;

/**
 * Tells a worker of new work at its commit, over a connection of its own that comes back when it breaks. It needs a session of
 * PostgreSQL: a pooler must not stand between (docs/decisions/023).
 */
export class Doorbell {
  private client: pg.Client | null = null;
  private closed = false;
  private holds = false;
  private rung = false;
  private commits = 0;
  private wake: (() => void) | null = null;
  private readonly connected: Promise<void>;

  constructor() {
    this.connected = this.stayConnected();
  }

  /** Whether each commit of new work rings because we asked for it. */
  get listens(): boolean {
    return this.holds;
  }

  /** How many commits rang since this was last asked. */
  takeCommits(): number {
    const { commits } = this;
    this.commits = 0;
    return commits;
  }

  /** Ends the wait that is under way, or the next one. */
  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  /** Returns when it rings, or rang since the last wait, and after `ms` milliseconds at the latest. */
  async wait(ms: number): Promise<void> {
    if (!this.rung)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.wake = null;
    this.rung = false;
  }

  /** Asks for a ring at each commit of new work. Look for work once more afterwards: some may have been committed just before. */
  async listen(): Promise<Listening> {
    if (!this.client) return "away";
    const { rows } = await this.client.query<{ listening: Listening }>(LISTEN, [LOCK]);
    this.holds = rows[0]?.listening === "rings";
    return rows[0]?.listening ?? "away";
  }

  /** Under load nobody needs to ring: commits that do wait for each other. */
  async stopListening(): Promise<void> {
    if (!this.holds) return;
    this.holds = false;
    await this.client?.query("SELECT pg_advisory_unlock($1)", [LOCK]);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.ring();
    if (!this.client) return;
    await this.client.end().catch(() => {});
    await this.connected;
  }

  private async stayConnected(): Promise<void> {
    while (!this.closed) {
      try {
        await this.connectOnce();
      } catch (err) {
        if (!this.closed) logger.warn({ err }, "new work is not announced just now; the worker looks for it by itself");
      }
      if (!this.closed) await delay(RECONNECT_MS);
    }
  }

  /** Returns when the connection has ended. */
  private async connectOnce(): Promise<void> {
    const client = new pg.Client({
      ...walledConnection(),
      application_name: "chukta worker",
      query_timeout: 10_000,
    });
    const ended = new Promise<void>((resolve) => {
      client.once("end", resolve);
      client.on("error", () => resolve());
    });
    client.on("notification", () => {
      this.commits++;
      this.ring();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.client = client;
      this.ring();
      if (!this.closed) await ended;
    } finally {
      this.client = null;
      this.holds = false;
      this.ring();
      await client.end().catch(() => {});
    }
  }
}
