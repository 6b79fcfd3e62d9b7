import { Worker } from "node:worker_threads";

/** How long the fuzz may stand still, in milliseconds, before an input counts as one that hangs the process. */
const STILL_MS = 30_000;

const WATCH = `
const { workerData } = require("node:worker_threads");
const { progress, stillMs, pid } = workerData;
let last = -1, since = Date.now();
setInterval(() => {
  const now = Atomics.load(progress, 0);
  if (now !== last || Atomics.load(progress, 1) === 0) { last = now; since = Date.now(); return; }
  if (Date.now() - since < stillMs) return;
  require("node:fs").writeSync(2, "The process hangs, at or shortly after input " + Atomics.load(progress, 2) + " of the operation above.\\n");
  process.kill(pid, "SIGKILL");
}, 1000);
`;

/**
 * Watches from another thread that inputs are answered: a pattern or a loop that never ends would stop this one, timers and all.
 */
export class Watchdog {
  private readonly progress = new Int32Array(new SharedArrayBuffer(12));
  private readonly worker = new Worker(WATCH, {
    eval: true,
    workerData: { progress: this.progress, stillMs: STILL_MS, pid: process.pid },
  });

  constructor() {
    this.worker.unref();
  }

  watch(on: boolean): void {
    Atomics.store(this.progress, 1, on ? 1 : 0);
  }

  /** An input is begun. */
  begun(index: number): void {
    Atomics.store(this.progress, 2, index);
  }

  /** An input has been answered. */
  answered(): void {
    Atomics.add(this.progress, 0, 1);
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
