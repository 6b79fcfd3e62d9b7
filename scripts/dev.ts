import { claimDemo } from "./claim-demo";
import { openDatabase } from "./databases";
import { demoEnvironment } from "./environment";
import { generateClient } from "./generate";
import { deployMigrations } from "./migrate";
import { runMain } from "./problem";
import { runProgram, startPortal, startProgram, waitUntilAnswering } from "./programs";
import { step } from "./progress";
import { endOnSignals, isEnding, onEnd } from "./shutdown";

/** The developer's loop: the demo's database, data and sandbox, with `next dev` in the place of the build. */
async function main(): Promise<number> {
  const settings = demoEnvironment({});
  endOnSignals(() => 0);
  const { folder, port, sandboxPort } = await claimDemo(settings);

  const database = await step("PostgreSQL", () => openDatabase(settings, "chukta_demo"));
  const env = demoEnvironment({ DATABASE_URL: database.url, DATA_DIR: folder });
  await step("Prisma client", generateClient);
  await step("Migrations", () => deployMigrations(database.url));
  await step("Demo data", () => runProgram("The demo data", "prisma/seed.ts", env));
  const sandbox = startProgram("the network sandbox", "sandbox/main.ts", { env });
  onEnd(sandbox.name, sandbox.stop);
  await step("Network sandbox", () => waitUntilAnswering(sandbox, `http://localhost:${sandboxPort}/`));

  const portal = startPortal("dev", port, { env });
  onEnd(portal.name, portal.stop);
  await Promise.race([portal.exited, sandbox.exited]);
  if (isEnding()) await new Promise(() => {});
  return 1;
}

void runMain(main);
