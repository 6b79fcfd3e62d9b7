import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { deployMigrations } from "../scripts/migrate";
import { ensureDatabase, startPostgres } from "../scripts/postgres";

/** The migrated database that each test file's own is copied from. */
export const TEMPLATE = "chukta_template";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the run's PostgreSQL; `tests/database.ts` makes a database in it for each file. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for the whole run, on a port of its own, thrown away at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "chukta-test-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const cluster = await startPostgres({ folder, throwaway: true });
    try {
      await deployMigrations(await ensureDatabase(cluster, TEMPLATE));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    project.provide("postgresUrl", cluster.url("postgres"));
    return async () => {
      await cluster.stop();
      remove();
    };
  } catch (error) {
    remove();
    throw error;
  }
}
