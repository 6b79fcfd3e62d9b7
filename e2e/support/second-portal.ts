import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect } from "@playwright/test";
import { findFreePort } from "../../scripts/ports";
import { type RunningProcess, startProcess } from "../../scripts/processes";

export interface SecondPortal {
  portal: RunningProcess;
  port: number;
  logFile: string;
}

/** A second portal on the same data, as a process of its own, without a worker; ready when this returns. Whoever starts it stops it. */
export async function startSecondPortal(logFile: string, env: Record<string, string>): Promise<SecondPortal> {
  const port = await findFreePort();
  const portal = startProcess({
    name: "a second portal",
    command: process.execPath,
    args: ["--import", "tsx", "--conditions=react-server", "server/main.ts"],
    logFile,
    env: {
      ...process.env,
      ...parseEnv(readFileSync(".env.demo", "utf8")),
      CHUKTA_DEMO: "1",
      NODE_ENV: "production",
      NODE_OPTIONS: "",
      DATABASE_URL: process.env.CHUKTA_DATABASE_URL,
      NEXT_DIST_DIR: process.env.NEXT_DIST_DIR || ".next-test",
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      WORKER: "off",
      ...env,
    },
  });
  const isReady = async () => (await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null))?.status;
  await expect.poll(isReady, { timeout: 40_000 }).toBe(200);
  return { portal, port, logFile };
}
