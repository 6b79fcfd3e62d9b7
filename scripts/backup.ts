import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { partialOf, takeBackup } from "../backup/take";
import { openDatabase } from "./databases";
import { dataFolder, demoEnvironment, ownEnvironment } from "./environment";
import { runMain } from "./problem";
import { endOnSignals, onEnd } from "./shutdown";

const USAGE = `Copies the database into a folder, as it is at one moment, while everything goes on.

  npm run backup                                     into DATA_DIR/backups/<time>
  npm run backup -- --to /backups/2026-11-21
  npm run backup -- --business acme --to acme-data   one business alone, by id, slug or B2B ID: CSV that anyone can read

With --demo it takes the demo's data. What is in the folder: docs/operations.md.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      to: { type: "string" },
      business: { type: "string" },
      demo: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const variables = values.demo ? demoEnvironment({}) : ownEnvironment();
  const { url } = await openDatabase(variables, values.demo ? "chukta_demo" : "chukta");
  const backups = join(dataFolder(variables), "backups");
  if (!values.to) mkdirSync(backups, { recursive: true, mode: 0o700 });
  const folder = values.to ?? join(backups, new Date().toISOString().replaceAll(":", "-").slice(0, 19));
  // Asked to end, it leaves no half a backup behind, which nothing would ever remove.
  endOnSignals(() => 130);
  onEnd("", () => rmSync(partialOf(folder), { recursive: true, force: true }));
  const startedAt = Date.now();
  const { tables, business } = await takeBackup({
    databaseUrl: url,
    folder,
    ...(values.business === undefined ? {} : { business: values.business }),
  });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(
    `${business ? business.legalName : "The database"}: ${rows} rows of ${tables.length} tables in ${seconds} s`,
  );
  console.log(folder);
  return 0;
}

void runMain(main);
