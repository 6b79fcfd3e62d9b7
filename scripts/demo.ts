import { demoGuide } from "../prisma/demo-data";
import { claimDemo } from "./claim-demo";
import { eraseDemo, openDatabase } from "./databases";
import { demoEnvironment } from "./environment";
import { Problem, runMain } from "./problem";
import { step } from "./progress";
import { endEverything, endOnSignals, isEnding } from "./shutdown";
import { bringUp } from "./stack";

async function main(): Promise<number> {
  const reset = process.argv.includes("--reset");
  const settings = demoEnvironment({});
  let ready = false;
  endOnSignals(() => (ready ? 0 : 130));

  const { folder, port, sandboxPort } = await claimDemo(settings);
  const portalUrl = settings.PUBLIC_URL || `http://localhost:${port}`;

  if (reset) await step("Erasing the demo's data", () => eraseDemo(settings));
  const title = settings.DATABASE_URL ? "Database at DATABASE_URL" : "PostgreSQL 18";
  const database = await step(title, () => openDatabase(settings, "chukta_demo"));
  const env = demoEnvironment({ DATABASE_URL: database.url, DATA_DIR: folder });
  const { ended } = await bringUp({ env, databaseUrl: database.url, port, sandboxPort, distDir: ".next", folder });

  console.log(`\n${demoGuide({ portalUrl, sandboxUrl: `http://localhost:${sandboxPort}` })}\n`);
  console.log(`Chukta is ready at ${portalUrl}`);
  ready = true;

  const name = await ended;
  // Being stopped: the signal's handler ends this process when all is done.
  if (isEnding()) await new Promise(() => {});
  await endEverything();
  throw new Problem(`${name.replace(/^./, (c) => c.toUpperCase())} stopped by itself; see ${folder}/logs`);
}

void runMain(main);
