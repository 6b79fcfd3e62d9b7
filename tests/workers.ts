import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** Real worker processes on this test's database and network, which end with the test at the latest. */
export class Workers {
  private readonly started: ChildProcess[] = [];

  start(): ChildProcess {
    const child = spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", "worker/main.ts"], {
      env: { ...process.env, NODE_OPTIONS: "" },
      stdio: ["ignore", "ignore", "inherit"],
    });
    this.started.push(child);
    return child;
  }

  killAll(): void {
    for (const child of this.started) child.kill("SIGKILL");
  }
}

/** Sends the signal, and waits for the end. */
export async function end(child: ChildProcess, signal: NodeJS.Signals) {
  const ended = once(child, "exit");
  child.kill(signal);
  const [code, by] = await ended;
  return { code, by };
}
