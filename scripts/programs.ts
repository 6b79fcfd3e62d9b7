import { existsSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { NODE_ARGS, ROOT } from "./environment";
import { isPortFree } from "./ports";
import { describeProblem, Problem } from "./problem";
import { lastLines, type RunningProcess, runCommand, startProcess } from "./processes";

const START_TIMEOUT_MS = 60_000;

/** @throws Problem that names the setting, when there is no such port, or something listens on it already */
export async function requireFreePort(port: number, setting: string, what: string): Promise<void> {
  if (!(Number.isInteger(port) && port > 0 && port <= 65_535))
    throw new Problem(`${setting} must be a port number, from 1 to 65535.`);
  if (!(await isPortFree(port)))
    throw new Problem(
      `Port ${port} is taken, or closed to you as those below 1024 are, and ${what} needs it: stop what listens there, or choose another with ${setting}.`,
    );
}

export function freshLog(folder: string, name: string): string {
  const file = join(folder, "logs", `${name}.log`);
  mkdirSync(join(folder, "logs"), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

interface ProgramOptions {
  env: NodeJS.ProcessEnv;
  /** Takes what it prints; without one it prints to this terminal. */
  logFile?: string;
  args?: readonly string[];
}

/** The portal: its own server on a build that is there, or `next dev`. */
export function startPortal(mode: "start" | "dev", port: number, { env, logFile }: ProgramOptions): RunningProcess {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const mandatory = { PORT: String(port), NEXT_TELEMETRY_DISABLED: "1" };
  const development = mode === "dev";
  return startProcess({
    name: "the portal",
    command: process.execPath,
    args: development ? [next, "dev", "--port", String(port)] : [...NODE_ARGS, "server/main.ts"],
    cwd: ROOT,
    env: { ...env, ...mandatory, NODE_ENV: development ? "development" : "production" },
    logFile,
  });
}

/** One of the project's own programs: `worker/main.ts`, `sandbox/main.ts`. */
export function startProgram(name: string, file: string, { env, logFile, args = [] }: ProgramOptions): RunningProcess {
  if (!existsSync(join(ROOT, file))) throw new Problem(`${file} is missing.`);
  return startProcess({
    name,
    command: process.execPath,
    args: [...NODE_ARGS, file, ...args],
    cwd: ROOT,
    env,
    logFile,
  });
}

/** Runs one of the project's own programs to its end. @throws Problem with its last line when it fails */
export async function runProgram(
  what: string,
  file: string,
  env: NodeJS.ProcessEnv,
  args: string[] = [],
): Promise<string> {
  if (!existsSync(join(ROOT, file))) throw new Problem(`${file} is missing.`);
  const { code, output } = await runCommand(process.execPath, [...NODE_ARGS, file, ...args], {
    cwd: ROOT,
    env,
    quiet: true,
  });
  if (code !== 0) throw new Problem(describeProblem(`${what} failed: ${output.trim() || `exit code ${code}`}`));
  return output.trim();
}

/**
 * Waits until the address answers at all: with 200, or with whatever the program says of its own state.
 * @throws Problem with what the program printed last, when it ends or takes too long
 */
export async function waitUntilAnswering(program: RunningProcess, url: string, logFile?: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  const where = logFile ? ` (${logFile})` : "";
  while (program.isRunning()) {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
    await response?.body?.cancel();
    if (response && response.status < 500) return;
    if (Date.now() > deadline)
      throw new Problem(
        `Nothing good came from ${url} in ${START_TIMEOUT_MS / 1000} seconds: ${program.name} didn't start${where}.`,
      );
    await delay(100);
  }
  const said = logFile ? lastLines(logFile, 8).join("\n") : "";
  throw new Problem(
    describeProblem(`${program.name} ended as it started${where}:\n${said}`.replace(/^./, (c) => c.toUpperCase())),
  );
}
