import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Reads what it prints to the end, so that it never waits for a reader. */
function isUp(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    if (child.stdout)
      createInterface(child.stdout).on("line", (line) => {
        if (line.includes('"the worker is running"')) resolve();
      });
    child.once("exit", (code, by) => reject(new Error(`the worker ended before it was at work: ${code ?? by}`)));
  });
}

/** Real worker processes on this test's database and network, which end with the test at the latest. */
export class Workers {
  private readonly started = new Map<ChildProcess, Promise<void>>();

  start(): ChildProcess {
    const child = spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", "worker/main.ts"], {
      env: { ...process.env, NODE_OPTIONS: "", LOG_LEVEL: "info" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const up = isUp(child);
    // Not every test waits for it.
    up.catch(() => {});
    this.started.set(child, up);
    return child;
  }

  /** Resolves when it is at work: one that can't reach the database before that ends, for its supervisor to start it again. */
  async running(child: ChildProcess): Promise<void> {
    await this.started.get(child);
  }

  killAll(): void {
    for (const child of this.started.keys()) child.kill("SIGKILL");
  }
}

/** Sends the signal, and waits for the end. */
export async function end(child: ChildProcess, signal: NodeJS.Signals) {
  const ended = once(child, "exit");
  child.kill(signal);
  const [code, by] = await ended;
  return { code, by };
}
