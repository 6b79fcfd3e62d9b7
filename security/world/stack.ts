import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPortal } from "../../scripts/build";
import { generateClient } from "../../scripts/generate";
import { deployMigrations } from "../../scripts/migrate";
import { findFreePort } from "../../scripts/ports";
import { ensureDatabase, startPostgres } from "../../scripts/postgres";
import type { RunningProcess } from "../../scripts/processes";
import { freshLog, startPortal, startProgram, waitUntilAnswering } from "../../scripts/programs";
import { step } from "../../scripts/progress";
import { onEnd } from "../../scripts/shutdown";
import { attackedSettings } from "./settings";

export interface Database {
  /** As the superuser, who sees every business's rows. */
  url: string;
  folder: string;
}

/** A PostgreSQL of its own with the portal's tables, thrown away at the end. */
export async function startDatabase(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), "chukta-security-"));
  onEnd("", () => rmSync(folder, { recursive: true, force: true }));
  await generateClient();
  return step("PostgreSQL", async () => {
    const cluster = await startPostgres({ folder, throwaway: true });
    onEnd("", cluster.stop);
    const url = await ensureDatabase(cluster, "chukta");
    await deployMigrations(url);
    return { url, folder };
  });
}

/** The settings of this run; also this process's own, so that the portal's own code, called from here, is set as the portal is. */
export async function settle(database: Database): Promise<NodeJS.ProcessEnv> {
  const [port, sandboxPort] = [await findFreePort(), await findFreePort()];
  const env = attackedSettings({ port, sandboxPort, databaseUrl: database.url, folder: database.folder });
  const quiet = process.env.LOG_LEVEL || "silent";
  Object.assign(process.env, env, { LOG_LEVEL: quiet });
  return env;
}

export interface RunningPortal {
  url: string;
  process: RunningProcess;
  /** What the portal and the sandbox have printed. */
  logFiles: string[];
}

/**
 * The portal as it runs in production, and the network beside it, as processes of their own.
 * @param distDir holds the build; it is made anew when it isn't of the sources as they are
 */
export async function startPortalBeside(
  database: Database,
  env: NodeJS.ProcessEnv,
  distDir: string,
): Promise<RunningPortal> {
  const { folder } = database;
  await step(
    "Portal's production build",
    () => buildPortal(distDir, freshLog(folder, "build")),
    (built) => (built ? "built" : "up to date"),
  );
  return step("Portal and network sandbox", async () => {
    const sandboxLog = freshLog(folder, "sandbox");
    const sandbox = startProgram("the network sandbox", "sandbox/main.ts", { env, logFile: sandboxLog });
    onEnd("", sandbox.stop);
    await waitUntilAnswering(sandbox, `http://localhost:${env.SANDBOX_PORT}/`, sandboxLog);
    const portalLog = freshLog(folder, "portal");
    const portal = startPortal("start", Number(env.PORT), {
      env: { ...env, NEXT_DIST_DIR: distDir },
      logFile: portalLog,
    });
    onEnd("", portal.stop);
    const url = `http://localhost:${env.PORT}`;
    await waitUntilAnswering(portal, `${url}/api/health/live`, portalLog);
    return { url, process: portal, logFiles: [portalLog, sandboxLog] };
  });
}
