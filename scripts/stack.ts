import { buildPortal } from "./build";
import { deployMigrations } from "./migrate";
import { freshLog, runProgram, startPortal, startProgram, waitUntilAnswering } from "./programs";
import { step } from "./progress";
import { onEnd } from "./shutdown";

interface StackOptions {
  /** Settings for all programs, DATABASE_URL among them. */
  env: NodeJS.ProcessEnv;
  databaseUrl: string;
  port: number;
  sandboxPort: number;
  /** Where the portal's build is kept. */
  distDir: string;
  /** Where the logs go, in `logs`. */
  folder: string;
}

/**
 * Brings up everything on a database that is there: migrations, build, demo data, sandbox, portal with its worker, a step
 * at a time. All of it is stopped when the program ends, the portal first.
 * @returns the name of the program that ended by itself, as soon as one does
 */
export async function bringUp(options: StackOptions): Promise<{ ended: Promise<string> }> {
  const { databaseUrl, port, sandboxPort, distDir, folder } = options;
  const env = { ...options.env, NEXT_DIST_DIR: distDir };
  await step(
    "Migrations",
    () => deployMigrations(databaseUrl),
    (applied) => (applied.length === 0 ? "up to date" : `${applied.length} applied`),
  );
  await step(
    "Portal's production build",
    () => buildPortal(distDir, freshLog(folder, "build")),
    (built) => (built ? "built" : "up to date"),
  );
  await step("Demo data", () => runProgram("The demo data", "prisma/seed.ts", env));

  const sandboxLog = freshLog(folder, "sandbox");
  const sandbox = startProgram("the network sandbox", "sandbox/main.ts", { env, logFile: sandboxLog });
  onEnd(sandbox.name, sandbox.stop);
  const sandboxUrl = `http://localhost:${sandboxPort}`;
  await step(
    "Network sandbox",
    () => waitUntilAnswering(sandbox, `${sandboxUrl}/`, sandboxLog),
    () => sandboxUrl,
  );

  const portalLog = freshLog(folder, "portal");
  const portal = startPortal("start", port, { env, logFile: portalLog });
  onEnd(portal.name, portal.stop);
  await step(
    "Portal and worker",
    () => waitUntilAnswering(portal, `http://localhost:${port}/api/health/live`, portalLog),
    () => `logs in ${folder}/logs`,
  );
  return { ended: Promise.race([portal, sandbox].map(({ exited, name }) => exited.then(() => name))) };
}
