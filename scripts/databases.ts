import { rmSync } from "node:fs";
import { join } from "node:path";
import { dataFolder, type Variables } from "./environment";
import { deployMigrations, missingMigrations } from "./migrate";
import { ensureDatabase, startPostgres } from "./postgres";
import { Problem } from "./problem";
import { onEnd } from "./shutdown";

/** The demo's data, whose passwords everyone knows, and real data never share a database. */
export type DatabaseName = "chukta" | "chukta_demo";

/**
 * The address of the database to use: DATABASE_URL's, or else one in the embedded PostgreSQL in DATA_DIR, which is started
 * if it isn't running, and stopped when this program ends.
 */
export async function openDatabase(
  variables: Variables,
  name: DatabaseName,
): Promise<{ url: string; embedded: boolean }> {
  if (variables.DATABASE_URL) return { url: variables.DATABASE_URL, embedded: false };
  const cluster = await startPostgres({ folder: join(dataFolder(variables), "postgres") });
  onEnd(cluster.adopted ? "" : "PostgreSQL", cluster.stop);
  return { url: await ensureDatabase(cluster, name), embedded: true };
}

/** Removes the demo's database from the embedded PostgreSQL, and leaves others alone. */
export async function eraseDemo(variables: Variables): Promise<void> {
  if (variables.DATABASE_URL)
    throw new Problem(
      "--reset only erases the embedded database: empty the one at DATABASE_URL yourself (npm run migrate -- reset).",
    );
  const cluster = await startPostgres({ folder: join(dataFolder(variables), "postgres") });
  try {
    await cluster.admin("DROP DATABASE IF EXISTS chukta_demo WITH (FORCE)");
  } finally {
    await cluster.stop();
  }
  // What the demo data and the sandbox keep beside the database is about the same businesses and payments.
  for (const name of ["demo.json", "sandbox", "logs"])
    rmSync(join(dataFolder(variables), name), { recursive: true, force: true });
}

/** Brings an embedded database up to date; of a database of one's own it only says that it isn't. */
export async function prepareDatabase({ url, embedded }: { url: string; embedded: boolean }): Promise<void> {
  if (embedded) await deployMigrations(url);
  else if ((await missingMigrations(url)).length > 0)
    throw new Problem("The database at DATABASE_URL lacks migrations: run `npm run migrate -- deploy` first.");
}
