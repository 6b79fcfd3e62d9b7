import { parseArgs } from "node:util";
import { restoreBackup } from "../backup/restore";
import { openDatabase } from "./databases";
import { demoEnvironment, NODE_ARGS, ownEnvironment, ROOT } from "./environment";
import { generateClient } from "./generate";
import { runMain } from "./problem";
import { runCommand } from "./processes";

const USAGE = `npm run restore -- <folder>

Fills the empty database at DATABASE_URL (or an embedded one in an empty DATA_DIR) from a backup, and verifies its audit chains.
A damaged backup, or a database that isn't empty, is refused before anything is touched. With --demo: the demo's database.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { demo: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  const [folder] = positionals;
  if (!folder || values.help) {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  const own = ownEnvironment();
  const variables = values.demo ? demoEnvironment({}) : own;
  const { url } = await openDatabase(variables, values.demo ? "chukta_demo" : "chukta");
  const { tables, takenAt, business } = await restoreBackup(folder, url);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(
    `${business ? business.legalName : "The database"} as of ${takenAt}: ${rows} rows of ${tables.length} tables`,
  );
  return verifyChains(url, values.demo || !own.AUTH_SECRET ? demoEnvironment({}) : (own as NodeJS.ProcessEnv));
}

/** In a program of its own, whose settings are the new database's. A restore on a bare machine needs no secrets for it. */
async function verifyChains(databaseUrl: string, env: NodeJS.ProcessEnv): Promise<number> {
  await generateClient();
  const { code } = await runCommand(process.execPath, [...NODE_ARGS, "scripts/audit-verify.ts"], {
    cwd: ROOT,
    env: { ...env, DATABASE_URL: databaseUrl },
  });
  return code;
}

void runMain(main);
