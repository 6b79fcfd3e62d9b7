import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Logger, runMigrations as migrateQueue } from "graphile-worker";
import pg from "pg";
import { connectionTo, withClient } from "./connection";
import { assertRoles, makeRoles } from "./database-roles";
import { ownEnvironment } from "./environment";
import { holdMigrationLock } from "./migration-lock";
import { ensureDatabase, startPostgres } from "./postgres";
import { Problem, runMain } from "./problem";
import {
  LOCK_CONTENT,
  MIGRATIONS_FOLDER,
  migrationNames,
  migrationsList,
  NO_FILTERS,
  SCHEMA_FILE,
  type SchemaEngine,
  schemaFiles,
  withSchemaEngine,
} from "./schema-engine";

const USAGE = `npm run migrate -- <command>

  dev <name>          writes what prisma/schema.prisma changed as a new migration, and applies it when DATABASE_URL is set
  dev <name> --empty  writes an empty migration, for SQL of one's own (checks, triggers)
  deploy              applies the migrations that the database at DATABASE_URL (.env's, too) doesn't have, the job queue's included
  check               fails when the migrations don't add up to prisma/schema.prisma
  reset               empties the database at DATABASE_URL (on this machine only), and applies everything again`;

async function hasMigrationsTable(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: string | null }>("SELECT to_regclass('_prisma_migrations') AS found");
  return rows[0]?.found != null;
}

/** Names of the migrations that the database has. */
async function appliedNames(client: pg.Client): Promise<Set<string>> {
  if (!(await hasMigrationsTable(client))) return new Set();
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return new Set(rows.map((row) => row.migration_name));
}

/** The index that a migration makes outside of a transaction, which is then all that it does (prisma/rolling/rules.ts). */
export function concurrentIndex(sql: string): string | undefined {
  return /^\s*CREATE (?:UNIQUE )?INDEX CONCURRENTLY "([^"]+)"/im.exec(sql)?.[1];
}

/**
 * Clears the way for migrations that broke off, so that they are tried again. PostgreSQL runs a migration's statements as one
 * transaction, which leaves nothing behind; but an index that was being made concurrently stays, half made and for no use, or whole
 * and not yet noted.
 */
async function forgetFailures(client: pg.Client): Promise<void> {
  if (!(await hasMigrationsTable(client))) return;
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL",
  );
  for (const { migration_name: name } of rows) {
    const file = join(MIGRATIONS_FOLDER, name, "migration.sql");
    const index = existsSync(file) ? concurrentIndex(readFileSync(file, "utf8")) : undefined;
    if (index) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${pg.escapeIdentifier(index)}`);
  }
  await client.query(
    "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL",
  );
}

/** The queue's own migrations, which only speak up when they fail. */
async function deployQueue(connectionString: string): Promise<void> {
  const logger = new Logger(() => (level, message) => {
    if (level === "error") console.error(message);
  });
  await migrateQueue({ connectionString, logger });
}

/** Row-level security for a table that a migration has added, and columns for its view (docs/decisions/022-row-level-security.md). */
async function putUpWalls(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ known: boolean }>("SELECT to_regproc('put_up_walls') IS NOT NULL AS known");
  if (rows[0]?.known) await client.query("SELECT put_up_walls()");
}

/**
 * Names are in all of India's scripts. PostgreSQL that was set up without a language makes databases in SQL_ASCII, which takes any bytes
 * for letters: nothing fails there, but lengths, searches and capitals go wrong.
 * @throws Problem with what an operator does
 */
async function assertUtf8(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; encoding: string }>(
    "SELECT current_database() AS name, current_setting('server_encoding') AS encoding",
  );
  const [{ name, encoding } = { name: "", encoding: "" }] = rows;
  if (encoding === "UTF8") return;
  throw new Problem(
    `The database ${name} has the encoding ${encoding}, in which names can't be told and searched rightly: it must be UTF8. PostgreSQL can't change it afterwards. Make another database, and name that in DATABASE_URL:\n  CREATE DATABASE ${pg.escapeIdentifier(`${name}_utf8`)} TEMPLATE template0 ENCODING 'UTF8';\nWhat this one holds comes along by \`npm run backup\` from here and \`npm run restore\` into the other.`,
  );
}

/** Names of the migrations that the database doesn't have yet, oldest first. @throws Problem when no migration makes it fit */
export async function missingMigrations(databaseUrl: string): Promise<string[]> {
  return withClient(connectionTo(databaseUrl), async (client) => {
    await assertUtf8(client);
    // A portal's own login (deploy/pgbouncer/portal.sql) may look only as the system; where there are no walls yet, only the owner may.
    await client.query("BEGIN");
    await client.query(
      `SELECT set_config('role', rolname, true) FROM pg_roles WHERE rolname = 'chukta_system' AND pg_has_role(session_user, oid, 'MEMBER')
       AND has_table_privilege(oid, to_regclass('_prisma_migrations'), 'SELECT')`,
    );
    const applied = await appliedNames(client);
    await client.query("COMMIT");
    return migrationNames().filter((name) => !applied.has(name));
  });
}

/**
 * Applies every migration that the database doesn't have yet, the job queue's own included.
 * Safe to call from several programs at once: one works, the others wait and find nothing to do.
 * @param names only these: an older state, for a backup that was taken of it
 * @returns the names of those it applied
 */
export async function deployMigrations(databaseUrl: string, names = migrationNames()): Promise<string[]> {
  const connection = connectionTo(databaseUrl);
  return withClient(connection, async (client) => {
    await assertUtf8(client);
    await holdMigrationLock(client, "alone");
    await forgetFailures(client);
    const applied = await appliedNames(client);
    const missing = names.filter((name) => !applied.has(name));
    if (missing.length > 0) {
      await makeRoles(client);
      await assertRoles(client, "before");
      await withSchemaEngine(connection, (engine) =>
        engine.applyMigrations({ migrationsList: migrationsList(names), filters: NO_FILTERS }),
      );
    }
    await deployQueue(databaseUrl);
    await putUpWalls(client);
    await assertRoles(client, "after");
    return missing;
  });
}

/** Empties the database of tables, data and queue. */
export async function emptyDatabase(databaseUrl: string): Promise<void> {
  await withClient(connectionTo(databaseUrl), async (client) => {
    await client.query(
      "DROP SCHEMA IF EXISTS graphile_worker, books CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
    );
  });
}

/** The SQL that leads from the committed migrations to schema.prisma, or null when there is nothing between them. */
async function findDrift(serverUrl: string): Promise<string | null> {
  const shadow = `chukta_shadow_${process.pid}_${Date.now()}`;
  const configDir = dirname(SCHEMA_FILE);
  const compare = async (engine: SchemaEngine) => {
    await engine.applyMigrations({ migrationsList: migrationsList(), filters: NO_FILTERS });
    return engine.diff({
      from: { tag: "schemaDatasource", files: schemaFiles(), configDir },
      to: { tag: "schemaDatamodel", files: schemaFiles() },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
  };
  return withClient(connectionTo(serverUrl, "postgres"), async (admin) => {
    await admin.query(`CREATE DATABASE "${shadow}" TEMPLATE template0`);
    try {
      const { exitCode, stdout } = await withSchemaEngine(connectionTo(serverUrl, shadow), compare);
      return exitCode === 0 ? null : (stdout ?? "");
    } finally {
      await admin.query(`DROP DATABASE "${shadow}" WITH (FORCE)`);
    }
  });
}

/** Runs with the address of a PostgreSQL: DATABASE_URL's, or one that is thrown away afterwards. */
async function withServer<T>(use: (serverUrl: string) => Promise<T>): Promise<T> {
  if (process.env.DATABASE_URL) return use(process.env.DATABASE_URL);
  const folder = mkdtempSync(join(tmpdir(), "chukta-migrate-"));
  try {
    const cluster = await startPostgres({ folder, throwaway: true });
    try {
      return await use(await ensureDatabase(cluster, "chukta"));
    } finally {
      await cluster.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeMigration(name: string, sql: string): string {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const id = `${stamp}_${name}`;
  mkdirSync(join(MIGRATIONS_FOLDER, id), { recursive: true });
  writeFileSync(join(MIGRATIONS_FOLDER, id, "migration.sql"), sql);
  writeFileSync(join(MIGRATIONS_FOLDER, "migration_lock.toml"), LOCK_CONTENT);
  return id;
}

async function develop(name: string | undefined, empty: boolean): Promise<number> {
  if (!name || !/^[a-z0-9_]+$/.test(name))
    throw new Problem("Give the migration a name of a-z, 0-9 and _: dev add_due_date");
  const sql = empty ? "-- SQL of one's own\n" : await withServer(findDrift);
  if (sql === null) {
    console.log("The migrations match prisma/schema.prisma: nothing to write.");
    return 0;
  }
  console.log(`Wrote prisma/migrations/${writeMigration(name, sql)}/migration.sql`);
  if (process.env.DATABASE_URL && !empty) await deploy(process.env.DATABASE_URL);
  return 0;
}

function requireDatabase({ DATABASE_URL: url }: Record<string, string | undefined>): string {
  if (!url) throw new Problem("Set DATABASE_URL to the database to migrate: postgresql://user:password@host:5432/name");
  return url;
}

async function deploy(url: string): Promise<number> {
  const applied = await deployMigrations(url);
  console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}`);
  return 0;
}

async function check(): Promise<number> {
  const drift = await withServer(findDrift);
  if (drift === null) {
    console.log("The migrations match prisma/schema.prisma.");
    return 0;
  }
  console.error(
    `The migrations don't add up to prisma/schema.prisma. Missing:\n\n${drift}\nRun: npm run migrate -- dev <name>`,
  );
  return 1;
}

async function reset(): Promise<number> {
  // Never .env's: what is emptied is named there and then.
  const url = requireDatabase(process.env);
  if (!/^(localhost|127\.|\[?::1)/.test(new URL(url).hostname))
    throw new Problem("reset only empties databases on this machine.");
  await emptyDatabase(url);
  return deploy(url);
}

async function main(): Promise<number> {
  const [command, ...rest] = process.argv.slice(2);
  const name = rest.find((arg) => !arg.startsWith("--"));
  if (command === "dev") return develop(name, rest.includes("--empty"));
  if (command === "deploy") return deploy(requireDatabase(ownEnvironment()));
  if (command === "check") return check();
  if (command === "reset") return reset();
  console.error(USAGE);
  return 1;
}

if (process.argv[1] === import.meta.filename) void runMain(main);
