import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { childrenOf, isAlive, signal } from "@/chaos/processes";
import { type Cluster, ensureDatabase, startPostgres } from "@/scripts/postgres";

const NAME = "chukta_chaos";
const WATCH_MS = 300;

/** Files may not grow beyond this, in bytes, while the disk is full. Write-ahead log files have this size, and so go on. */
export const FULL_AT_BYTES = 16 * 1024 * 1024;

/**
 * The run's PostgreSQL, with all its safety on, and kept running: whenever its server is gone, another one is started on the same
 * data, which recovers as after a crash.
 */
export class Database {
  private constructor(
    private readonly folder: string,
    private cluster: Cluster,
    /** Its address, past every line that can be cut. */
    private address: string,
  ) {}

  private wanted = true;
  private awayUntil = 0;
  private watch: Promise<void> = Promise.resolve();
  /** How often a server was started on data that another one had left behind. */
  recoveries = 0;

  static async start(folder: string): Promise<Database> {
    const cluster = await startPostgres({ folder });
    const database = new Database(folder, cluster, await ensureDatabase(cluster, NAME));
    database.watch = database.keep();
    return database;
  }

  get port(): number {
    return this.cluster.port;
  }

  get url(): string {
    return this.address;
  }

  /** Its address by another port. */
  urlThrough(port: number): string {
    const url = new URL(this.address);
    url.port = String(port);
    return url.href;
  }

  /** SIGKILL to the server and to every process of it, as a crash of the machine's memory would. */
  kill(awayMs: number): void {
    const pid = this.serverPid();
    if (pid === null) return;
    this.awayUntil = Date.now() + awayMs;
    const children = childrenOf(pid);
    signal(pid, "SIGKILL");
    for (const child of children) signal(child.pid, "SIGKILL");
  }

  /** Stops the server and all its processes where they stand, for so many milliseconds. */
  async freeze(forMs: number, stop: AbortSignal): Promise<void> {
    const pid = this.serverPid();
    if (pid === null) return;
    const all = [pid, ...childrenOf(pid).map((child) => child.pid)];
    for (const each of all) signal(each, "SIGSTOP");
    await delay(forMs, undefined, { signal: stop }).catch(() => {});
    for (const each of all) signal(each, "SIGCONT");
  }

  /**
   * Lets no file of the server grow beyond 16 MB, so that PostgreSQL's own writes fail ("could not extend file"), as on a full disk;
   * or lets them again. By `prlimit` of Linux, as the user that the server runs as.
   * @returns false where that can't be done
   */
  limitFiles(full: boolean): boolean {
    const pid = this.serverPid();
    if (process.platform !== "linux" || pid === null) return false;
    const { uid, gid } = statSync(join(this.folder, "data"));
    const clients = childrenOf(pid).filter(({ command }) => /^postgres: .*127\.0\.0\.1\(\d+\)/.test(command));
    const limit = `--fsize=${full ? FULL_AT_BYTES : "unlimited"}:unlimited`;
    const ids = process.getuid?.() === 0 ? { uid, gid } : {};
    let done = false;
    for (const each of [pid, ...clients.map((client) => client.pid)])
      try {
        execFileSync("prlimit", ["--pid", String(each), limit], { ...ids, stdio: "ignore" });
        if (each === pid) done = true;
      } catch {
        // A connection that has ended meanwhile; or no prlimit here, which the server's own limit tells.
      }
    return done;
  }

  async stop(): Promise<void> {
    this.wanted = false;
    await this.watch;
    await this.cluster.stop();
  }

  private serverPid(): number | null {
    try {
      const pid = Number(readFileSync(join(this.folder, "data", "postmaster.pid"), "utf8").split("\n")[0]);
      return pid > 0 && isAlive(pid) ? pid : null;
    } catch {
      return null;
    }
  }

  private async keep(): Promise<void> {
    while (this.wanted) {
      await delay(WATCH_MS);
      if (!this.wanted || this.serverPid() !== null || Date.now() < this.awayUntil) continue;
      this.recoveries++;
      this.cluster = await startPostgres({ folder: this.folder }).catch(async (error: Error) => {
        console.error(`  PostgreSQL could not be started again: ${error.message}`);
        await delay(1_000);
        return this.cluster;
      });
      const url = new URL(this.address);
      url.port = String(this.cluster.port);
      this.address = url.href;
    }
  }
}
