import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  /** True until the process has ended. */
  isRunning(): boolean;
  /** Settles when the process has ended, however that came about. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Asks it to end, waits, and ends it by force when it doesn't. */
  stop(): Promise<void>;
}

interface ProcessOptions extends Pick<SpawnOptions, "cwd" | "env" | "uid" | "gid"> {
  name: string;
  command: string;
  args: readonly string[];
  /** A file that takes what the process prints; without one it prints to this terminal. */
  logFile?: string;
  /** The signal that asks it to end in order. Default SIGTERM. */
  stopSignal?: NodeJS.Signals;
  /** How long it may take to end before it is killed. Default 15 seconds. */
  stopTimeoutMs?: number;
  /** Signal the whole process group (the default), or the process alone when it ends its own children. */
  signalGroup?: boolean;
}

const POSIX = process.platform !== "win32";

/**
 * Watches this process from outside: a shell that reads a pipe which only closes when this process is gone, and then ends
 * the child. So nothing is left running even after `kill -9`.
 */
function guard(target: number, signal: NodeJS.Signals): { release: () => void } {
  if (!POSIX) return { release: () => {} };
  const script = 'read -r line; [ "$line" = done ] || kill -s "$1" -- "$2" 2>/dev/null';
  const shell = spawn("/bin/sh", ["-c", script, "guard", signal.slice(3), String(target)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.on("error", () => {});
  shell.stdin?.on("error", () => {});
  shell.unref();
  (shell.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return { release: () => shell.stdin?.end("done\n") };
}

/**
 * Starts a process in a group of its own, so that Ctrl-C in the terminal reaches this process alone, which then ends its
 * children in order.
 */
export function startProcess(options: ProcessOptions): RunningProcess {
  const { name, command, args, logFile, stopSignal = "SIGTERM", stopTimeoutMs = 15_000, signalGroup = true } = options;
  const log = logFile === undefined ? "inherit" : openSync(logFile, "a", 0o644);
  const child: ChildProcess = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    uid: options.uid,
    gid: options.gid,
    detached: POSIX,
    stdio: ["ignore", log, log],
  });
  if (typeof log === "number") closeSync(log);

  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: 127, signal: null }));
  });
  const pid = child.pid ?? 0;
  let running = pid > 0;
  const target = signalGroup && POSIX ? -pid : pid;
  const watch = running ? guard(target, stopSignal) : undefined;
  void exited.then(() => {
    running = false;
    watch?.release();
  });

  const send = (signal: NodeJS.Signals) => {
    try {
      process.kill(target, signal);
    } catch {
      // It has ended in the meantime.
    }
  };
  return {
    name,
    pid,
    exited,
    isRunning: () => running,
    async stop() {
      if (!running) return;
      send(stopSignal);
      const timeout = new AbortController();
      const late = delay(stopTimeoutMs, "late", { signal: timeout.signal }).catch(() => "ended");
      if ((await Promise.race([exited, late])) === "late") send("SIGKILL");
      timeout.abort();
      await exited;
    },
  };
}

/** Runs a command to its end. With `quiet` what it prints is kept, and returned. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env" | "signal" | "uid" | "gid"> & { quiet?: boolean } = {},
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, {
    ...options,
    stdio: options.quiet ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  const [code] = (await once(child, "close")) as [number | null];
  return { code: code ?? 1, output };
}

/** The last lines of a log file, for the message that says where to look. */
export function lastLines(file: string, count: number): string[] {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count);
  } catch {
    return [];
  }
}
