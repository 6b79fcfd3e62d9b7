import { setTimeout as delay } from "node:timers/promises";
import { signal } from "@/chaos/processes";
import type { RunningProcess } from "@/scripts/processes";

/** A supervisor tries again after this, in milliseconds, when a program ended by itself: less than systemd's or a container's. */
const RESTART_AFTER_MS = 500;

/**
 * A program that is kept running, as an operating system's supervisor would: started again whenever it ends, by a kill of ours or by
 * itself.
 */
export class Supervised {
  private current: RunningProcess | null = null;
  private wanted = true;
  private awayMs = RESTART_AFTER_MS;
  private readonly over: Promise<void>;
  /** Each time that it ended without having been killed, in words. */
  readonly endedByItself: string[] = [];
  private killed = false;

  constructor(
    readonly name: string,
    private readonly start: () => RunningProcess,
  ) {
    this.over = this.keep();
  }

  get process(): RunningProcess | null {
    return this.current;
  }

  /** SIGKILL to all of it; it comes back after `awayMs`. */
  kill(awayMs: number): void {
    if (!this.current?.isRunning()) return;
    this.awayMs = awayMs;
    this.killed = true;
    signal(-this.current.pid, "SIGKILL");
  }

  /** Stops it where it stands, and lets it go on after so many milliseconds. */
  async freeze(forMs: number, stop: AbortSignal): Promise<void> {
    const { current } = this;
    if (!current?.isRunning()) return;
    signal(-current.pid, "SIGSTOP");
    await delay(forMs, undefined, { signal: stop }).catch(() => {});
    signal(-current.pid, "SIGCONT");
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    this.wanted = false;
    await this.current?.stop();
    await this.over;
  }

  private async keep(): Promise<void> {
    while (this.wanted) {
      this.current = this.start();
      const { code, signal: by } = await this.current.exited;
      if (!this.wanted) return;
      if (!this.killed) this.endedByItself.push(`${this.name} with ${by ?? `exit code ${code}`}`);
      this.killed = false;
      await delay(this.awayMs);
      this.awayMs = RESTART_AFTER_MS;
    }
  }
}
