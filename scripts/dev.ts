import { join } from "node:path";
import { openDatabase } from "./databases";
import { dataFolder, demoEnvironment, portOf } from "./environment";
import { generateClient } from "./generate";
import { takeLock } from "./lock";
import { deployMigrations } from "./migrate";
import { Problem, runMain } from "./problem";
import { requireFreePort, runProgram, startPortal, startProgram, waitUntilAnswering } from "./programs";
import { step } from "./progress";
import { endOnSignals, isEnding, onEnd } from "./shutdown";

/** The developer's loop: the demo's database, data and sandbox, with `next dev` in the place of the build. */
async function main(): Promise<number> {
  const settings = demoEnvironment({});
  const folder = dataFolder(settings);
  endOnSignals(() => 0);

  const lock = takeLock(join(folder, "demo.lock"));
  if (lock.holder !== null) throw new Problem(`The demo is already running (process ${lock.holder}): stop it first.`);
  onEnd("", lock.release);
  await requireFreePort(portOf(settings, "PORT"), "PORT", "the portal");
  await requireFreePort(portOf(settings, "SANDBOX_PORT"), "SANDBOX_PORT", "the network sandbox");

  const database = await step("PostgreSQL", () => openDatabase(settings, "chukta_demo"));
  const env = demoEnvironment({ DATABASE_URL: database.url, DATA_DIR: folder });
  await step("Prisma client", generateClient);
  await step("Migrations", () => deployMigrations(database.url));
  await step("Demo data", () => runProgram("The demo data", "prisma/seed.ts", env));
  const sandbox = startProgram("the network sandbox", "sandbox/main.ts", { env });
  onEnd(sandbox.name, sandbox.stop);
  await step("Network sandbox", () =>
    waitUntilAnswering(sandbox, `http://localhost:${portOf(settings, "SANDBOX_PORT")}/`),
  );

  const portal = startPortal("dev", portOf(settings, "PORT"), { env });
  onEnd(portal.name, portal.stop);
  await Promise.race([portal.exited, sandbox.exited]);
  if (isEnding()) await new Promise(() => {});
  return 1;
}

void runMain(main);
