import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildPortal } from "./build";
import { eraseDemo, openDatabase } from "./databases";
import { dataFolder, demoEnvironment, portOf, ROOT } from "./environment";
import { takeLock } from "./lock";
import { deployMigrations } from "./migrate";
import { Problem, runMain } from "./problem";
import { freshLog, requireFreePort, runProgram, startPortal, startProgram, waitUntilAnswering } from "./programs";
import { step } from "./progress";
import { endEverything, endOnSignals, isEnding, onEnd } from "./shutdown";

/** What the person at the terminal may try first, as prisma/demo-data.ts has it. */
async function readGuide(portalUrl: string, sandboxUrl: string): Promise<string> {
  const file = join(ROOT, "prisma/demo-data.ts");
  if (!existsSync(file)) return "";
  const { demoGuide } = (await import(file)) as {
    demoGuide?: (urls: { portalUrl: string; sandboxUrl: string }) => string;
  };
  return demoGuide?.({ portalUrl, sandboxUrl }) ?? "";
}

async function main(): Promise<number> {
  const reset = process.argv.includes("--reset");
  const settings = demoEnvironment({});
  const [port, sandboxPort, folder] = [
    portOf(settings, "PORT"),
    portOf(settings, "SANDBOX_PORT"),
    dataFolder(settings),
  ];
  const portalUrl = settings.PUBLIC_URL || `http://localhost:${port}`;
  const sandboxUrl = `http://localhost:${sandboxPort}`;
  let ready = false;
  endOnSignals(() => (ready ? 0 : 130));

  const lock = takeLock(join(folder, "demo.lock"));
  if (lock.holder !== null) throw new Problem(`The demo is already running (process ${lock.holder}): stop it first.`);
  onEnd("", lock.release);
  await requireFreePort(port, "PORT", "the portal");
  await requireFreePort(sandboxPort, "SANDBOX_PORT", "the network sandbox");

  if (reset) await step("Erasing the demo's data", () => eraseDemo(settings));
  const database = await step(settings.DATABASE_URL ? "Database at DATABASE_URL" : "PostgreSQL 18", () =>
    openDatabase(settings, "chukta_demo"),
  );
  const env = demoEnvironment({ DATABASE_URL: database.url, DATA_DIR: folder });
  await step(
    "Migrations",
    () => deployMigrations(database.url),
    (applied) => (applied.length === 0 ? "up to date" : `${applied.length} applied`),
  );
  await step(
    "Portal's production build",
    () => buildPortal(".next", freshLog(folder, "build")),
    (built) => (built ? "built" : "up to date"),
  );
  await step("Demo data", () => runProgram("The demo data", "prisma/seed.ts", env));

  const logs = { sandbox: freshLog(folder, "sandbox"), portal: freshLog(folder, "portal") };
  const sandbox = startProgram("the network sandbox", "sandbox/main.ts", { env, logFile: logs.sandbox });
  onEnd(sandbox.name, sandbox.stop);
  await step(
    "Network sandbox",
    () => waitUntilAnswering(sandbox, `${sandboxUrl}/`, logs.sandbox),
    () => sandboxUrl,
  );
  const portal = startPortal("start", port, { env, logFile: logs.portal });
  onEnd(portal.name, portal.stop);
  const live = `http://localhost:${port}/api/health/live`;
  await step(
    "Portal and worker",
    () => waitUntilAnswering(portal, live, logs.portal),
    () => `logs in ${folder}/logs`,
  );

  const guide = await readGuide(portalUrl, sandboxUrl);
  if (guide) console.log(`\n${guide.trim()}\n`);
  console.log(`Chukta is ready at ${portalUrl}`);
  ready = true;

  const ended = await Promise.race([portal, sandbox].map(({ exited, name }) => exited.then(() => name)));
  // Being stopped: the signal's handler ends this process when all is done.
  if (isEnding()) await new Promise(() => {});
  await endEverything();
  throw new Problem(`${ended.replace(/^./, (c) => c.toUpperCase())} stopped by itself; see ${folder}/logs`);
}

void runMain(main);
