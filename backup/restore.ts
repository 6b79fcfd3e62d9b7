import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { deployMigrations, emptyDatabase } from "../scripts/migrate";
import { Problem } from "../scripts/problem";
import { MIGRATIONS_FOLDER, migrationNames } from "../scripts/schema-engine";
import { SIGNED_IN } from "./belongings";
import { parentsFirst, quoted, readTables } from "./catalog";
import { withConnection } from "./connection";
import { queueJobs } from "./jobs";
import type { BackedUpFile, Manifest } from "./manifest";
import { type CheckedBackup, checkBackup, openCsv } from "./read";
import { setSequences } from "./sequences";

/**
 * Fills an empty database from a backup, in this order: the backup is checked byte by byte, the database is seen to be empty, the
 * migrations that the backup knows are applied, all rows are copied in one transaction, and the newer migrations follow.
 * @throws Problem; the database is then as empty as it was
 */
export async function restoreBackup(folder: string, databaseUrl: string): Promise<Manifest> {
  const backup = await checkBackup(folder);
  requireMigrations(backup.manifest);
  await withConnection(databaseUrl, requireEmpty);
  try {
    await deployMigrations(
      databaseUrl,
      backup.manifest.migrations.map(({ name }) => name),
    );
    await withConnection(databaseUrl, (client) => load(client, backup));
    await deployMigrations(databaseUrl);
    // Until then PostgreSQL guesses how many rows there are, and plans the first queries badly.
    await withConnection(databaseUrl, (client) => client.query("ANALYZE"));
  } catch (error) {
    // What went wrong first is what has to be said, also where the database is away by now.
    await emptyDatabase(databaseUrl).catch(() => {});
    throw error;
  }
  return backup.manifest;
}

function requireMigrations({ migrations, release }: Manifest): void {
  const known = new Set(migrationNames());
  for (const { name, checksum } of migrations) {
    if (!known.has(name))
      throw new Problem(
        `The backup was taken by release ${release} and has migration ${name}: restore it with that one.`,
      );
    const sql = readFileSync(join(MIGRATIONS_FOLDER, name, "migration.sql"));
    if (createHash("sha256").update(sql).digest("hex") !== checksum)
      throw new Problem(
        `Migration ${name} is not what it was when the backup was taken: restore it with release ${release}.`,
      );
  }
}

async function requireEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'graphile_worker'))
      ORDER BY relname LIMIT 1`,
  );
  if (rows[0])
    throw new Problem(
      `The database is not empty (it has ${rows[0].name}). A backup is only restored into an empty one, so that nothing is lost or mixed. Where an earlier restore was broken off, drop the database and make it anew.`,
    );
}

async function load(client: pg.Client, backup: CheckedBackup): Promise<void> {
  const { manifest } = backup;
  const files = new Map(manifest.tables.map((file) => [file.name, file]));
  await client.query("BEGIN");
  for (const { name } of parentsFirst(await readTables(client))) {
    const file = files.get(name);
    files.delete(name);
    // Backups of earlier releases have them.
    if (!file || SIGNED_IN.includes(name)) continue;
    // What a trigger would derive from the rows is in the backup too.
    const triggers = await insertTriggers(client, name);
    for (const trigger of triggers)
      await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER ${quoted(trigger)}`);
    await copyIn(client, backup, file);
    for (const trigger of triggers) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER ${quoted(trigger)}`);
  }
  if (files.size > 0) throw new Problem(`There is no table for ${[...files.keys()].join(", ")}: nothing was restored.`);
  await setSequences(client, manifest.sequences);
  requireRows(manifest.jobs, await queueJobs(client, openCsv(backup, manifest.jobs)));
  await client.query("COMMIT");
}

async function copyIn(client: pg.Client, backup: CheckedBackup, file: BackedUpFile): Promise<void> {
  const columns = file.columns.map(quoted).join(", ");
  const target = client.query(copyFrom(`COPY ${quoted(file.name)} (${columns}) FROM STDIN (FORMAT csv, HEADER match)`));
  await pipeline([...openCsv(backup, file), target]);
  requireRows(file, target.rowCount);
}

function requireRows({ file, rows }: BackedUpFile, restored: number): void {
  if (restored !== rows) throw new Problem(`${file} has ${restored} rows and not ${rows}: nothing was restored.`);
}

async function insertTriggers(client: pg.Client, table: string): Promise<string[]> {
  const INSERT = 4;
  const { rows } = await client.query<{ name: string }>(
    `SELECT tgname AS name FROM pg_trigger
      WHERE tgrelid = $1::regclass AND NOT tgisinternal AND tgenabled = 'O' AND tgtype & ${INSERT} <> 0`,
    [quoted(table)],
  );
  return rows.map(({ name }) => name);
}
