import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { deployMigrations } from "../scripts/migrate";
import { ensureDatabase, startPostgres } from "../scripts/postgres";
import { startPgBouncer } from "./pgbouncer";

/** The migrated database that each test file's own is copied from. */
const TEMPLATE = "chukta_template";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the run's PostgreSQL; `tests/database.ts` makes a database in it for each file. */
    postgresUrl: string;
    /** The same for what is tested: by way of PgBouncer where there is one. */
    portalUrl: string;
  }
}

/**
 * One PostgreSQL for the whole run, on a port of its own, thrown away at the end. With the path of a PgBouncer in the environment's
 * `PGBOUNCER`, what is tested reaches it by way of that, as docs/operations.md describes.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "chukta-test-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const cluster = await startPostgres({ folder, throwaway: true });
    try {
      await deployMigrations(await ensureDatabase(cluster, TEMPLATE));
      const url = cluster.url("postgres");
      const program = process.env.PGBOUNCER;
      const bouncer = program ? await startPgBouncer(program, cluster, folder) : null;
      project.provide("postgresUrl", url);
      project.provide("portalUrl", bouncer?.through(url) ?? url);
      return async () => {
        await bouncer?.stop();
        await cluster.stop();
        remove();
      };
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  } catch (error) {
    remove();
    throw error;
  }
}
