import { demoEnvironment } from "../../scripts/environment";
import { findFreePort } from "../../scripts/ports";
import type { RunningProcess } from "../../scripts/processes";
import { startPortal, waitUntilAnswering } from "../../scripts/programs";

export interface SecondPortal {
  portal: RunningProcess;
  port: number;
  logFile: string;
}

/** A second portal on the same data, as a process of its own, without a worker; ready when this returns. Whoever starts it stops it. */
export async function startSecondPortal(logFile: string, settings: Record<string, string>): Promise<SecondPortal> {
  const port = await findFreePort();
  const env = demoEnvironment({
    PUBLIC_URL: `http://localhost:${port}`,
    DATABASE_URL: process.env.CHUKTA_DATABASE_URL,
    NEXT_DIST_DIR: process.env.NEXT_DIST_DIR || ".next-test",
    // Of the tests' own runner.
    NODE_OPTIONS: "",
    WORKER: "off",
    ...settings,
  });
  const portal = startPortal("start", port, { env, logFile });
  try {
    await waitUntilAnswering(portal, `http://127.0.0.1:${port}/api/health/ready`, logFile);
  } catch (error) {
    await portal.stop();
    throw error;
  }
  return { portal, port, logFile };
}
