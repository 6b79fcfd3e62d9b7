import { join } from "node:path";
import { demoGuide } from "../prisma/demo-data";
import { eraseDemo, openDatabase } from "./databases";
import { dataFolder, demoEnvironment, portOf } from "./environment";
import { takeLock } from "./lock";
import { Problem, runMain } from "./problem";
import { requireFreePort } from "./programs";
import { step } from "./progress";
import { endEverything, endOnSignals, isEnding, onEnd } from "./shutdown";
import { bringUp } from "./stack";

async function main(): Promise<number> {
  const reset = process.argv.includes("--reset");
  const settings = demoEnvironment({});
  const folder = dataFolder(settings);
  const [port, sandboxPort] = [portOf(settings, "PORT"), portOf(settings, "SANDBOX_PORT")];
  const portalUrl = settings.PUBLIC_URL || `http://localhost:${port}`;
  let ready = false;
  endOnSignals(() => (ready ? 0 : 130));

  const lock = takeLock(join(folder, "demo.lock"));
  if (lock.holder !== null) throw new Problem(`The demo is already running (process ${lock.holder}): stop it first.`);
  onEnd("", lock.release);
  await requireFreePort(port, "PORT", "the portal");
  await requireFreePort(sandboxPort, "SANDBOX_PORT", "the network sandbox");

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
