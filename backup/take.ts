import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { holdMigrationLock } from "../scripts/migration-lock";
import { Problem } from "../scripts/problem";
import { belongingsOf, type Extract, everything } from "./belongings";
import { quoted, readTables } from "./catalog";
import { withConnection } from "./connection";
import { flush, writeHashed } from "./files";
import { JOB_COLUMNS, jobsQuery } from "./jobs";
import { type BackedUpFile, MANIFEST_FILE, type Manifest, SUMS_FILE } from "./manifest";
import { TRANSACTION_ID_COLUMNS } from "./transaction-ids";

export interface BackupOptions {
  databaseUrl: string;
  /** The folder to make; it must not be there yet, and appears only when all of it is written. */
  folder: string;
  /** One business alone, by id, slug or B2B ID. */
  business?: string;
  /** A snapshot that another transaction has exported, to be shown instead of this moment. */
  snapshot?: string;
}

/** Where a backup is written until all of it is there. */
export const partialOf = (folder: string) => `${resolve(folder)}.partial`;

/**
 * Copies the database into a folder, as it was at one moment, while everything goes on. Rows stream through, so its size doesn't
 * matter; nobody waits for it but a migration. Needs no more than to read the tables.
 * @throws Problem; what was written until then is removed
 */
export async function takeBackup(options: BackupOptions): Promise<Manifest> {
  const folder = resolve(options.folder);
  if (existsSync(folder)) throw new Problem(`${folder} is there already: name a folder that isn't.`);
  const partial = partialOf(folder);
  await rm(partial, { recursive: true, force: true });
  await makeFolder(partial);
  try {
    const manifest = await withConnection(options.databaseUrl, (client) => inOneSnapshot(client, partial, options));
    await rename(partial, folder);
    await flush(dirname(folder));
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/**
 * A folder, and those that it is in. mkdir's own `recursive` tries for ever where a folder is there and yet none can be made in it, as in
 * /proc.
 */
async function makeFolder(path: string): Promise<void> {
  const parent = dirname(path);
  if (!existsSync(parent)) await makeFolder(parent);
  await mkdir(path, { mode: 0o700 }).catch(({ code }: NodeJS.ErrnoException) => {
    if (code === "EEXIST") return;
    throw new Problem(`No folder can be made in ${parent} (${code}): name one on a disk, where you may write.`);
  });
}

async function inOneSnapshot(client: pg.Client, folder: string, options: BackupOptions): Promise<Manifest> {
  // Before the snapshot, which would otherwise be older than what a migration that is under way makes of the tables.
  await holdMigrationLock(client, "shared");
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  if (options.snapshot) await client.query(`SET TRANSACTION SNAPSHOT '${options.snapshot.replaceAll("'", "")}'`);
  const { takenAt, postgres, lowerBy } = await readMoment(client);
  const business = options.business ? await findBusiness(client, options.business) : null;
  const migrations = await readMigrations(client);
  const tables = await readTables(client);

  const sums: [file: string, sha256: string][] = [];
  const copy = async (extract: { name: string; columns: string[]; query: string }): Promise<BackedUpFile> => {
    const file = `${extract.name}.csv${business ? "" : ".gz"}`;
    const stream = client.query(copyTo(`COPY (${extract.query}) TO STDOUT (FORMAT csv, HEADER)`));
    sums.push([file, await writeHashed(stream, join(folder, file))]);
    return { name: extract.name, file, columns: extract.columns, rows: stream.rowCount };
  };
  const files: BackedUpFile[] = [];
  for (const extract of business ? belongingsOf(business.id, tables) : everything(tables))
    files.push(await copy({ ...extract, query: queryOf(extract, lowerBy) }));
  const jobs = await copy({ name: "jobs", columns: [...JOB_COLUMNS], query: jobsQuery(business?.id) });
  // A sequence is outside every snapshot, so it is read last: it may be ahead of the rows, but never behind them.
  const sequences = business ? [] : await readSequences(client);
  await client.query("COMMIT");

  const manifest: Manifest = {
    format: "chukta-backup",
    version: 1,
    kind: business ? "business" : "database",
    business,
    takenAt: takenAt.toISOString(),
    release: JSON.parse(await readFile(join(import.meta.dirname, "../package.json"), "utf8")).version,
    postgres,
    migrations,
    transactionIdsLoweredBy: lowerBy,
    tables: files,
    jobs,
    sequences,
  };
  await writeManifest(folder, manifest, sums);
  return manifest;
}

async function readMoment(client: pg.Client): Promise<{ takenAt: Date; postgres: string; lowerBy: string }> {
  const { rows } = await client.query<{ takenAt: Date; postgres: string; migrated: boolean }>(
    `SELECT now() AS "takenAt", current_setting('server_version') AS postgres,
            to_regclass('_prisma_migrations') IS NOT NULL AND to_regclass('graphile_worker._private_jobs') IS NOT NULL AS migrated`,
  );
  if (!rows[0]?.migrated) throw new Problem("This database holds no portal: there is nothing to back up.");
  return { ...rows[0], lowerBy: await readLowerBy(client) };
}

/** Above every transaction id in the tables: those of a database that was copied by other means are another cluster's. */
async function readLowerBy(client: pg.Client): Promise<string> {
  const columns = Object.entries(TRANSACTION_ID_COLUMNS).flatMap(([table, names]) =>
    names.map((name) => `(SELECT max(${quoted(name)}) + 1 FROM ${quoted(table)})`),
  );
  const { rows } = await client.query<{ lowerBy: string }>(
    `SELECT greatest(pg_snapshot_xmax(pg_current_snapshot())::text::bigint, ${columns.join(", ")})::text AS "lowerBy"`,
  );
  return rows[0]?.lowerBy ?? "0";
}

async function findBusiness(client: pg.Client, name: string): Promise<NonNullable<Manifest["business"]>> {
  const { rows } = await client.query<NonNullable<Manifest["business"]>>(
    `SELECT id, b2b_id AS "b2bId", legal_name AS "legalName" FROM business WHERE id::text = lower($1) OR slug = $1 OR b2b_id = $1`,
    [name],
  );
  if (!rows[0]) throw new Problem(`There is no business ${name}: \`npm run admin -- list\` names them all.`);
  return rows[0];
}

async function readMigrations(client: pg.Client): Promise<Manifest["migrations"]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

async function readSequences(client: pg.Client): Promise<Manifest["sequences"]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY relname",
  );
  const sequences: Manifest["sequences"] = [];
  for (const { name } of rows) {
    const state = await client.query(`SELECT last_value, is_called FROM ${quoted(name)}`);
    sequences.push({ name, lastValue: state.rows[0].last_value, isCalled: state.rows[0].is_called });
  }
  return sequences;
}

function queryOf({ name, columns, where }: Extract, lowerBy: string): string {
  const lowered = TRANSACTION_ID_COLUMNS[name] ?? [];
  const chosen = columns.map((column) =>
    lowered.includes(column) ? `${quoted(column)} - ${lowerBy} AS ${quoted(column)}` : quoted(column),
  );
  return `SELECT ${chosen.join(", ")} FROM ${quoted(name)}${where ? ` WHERE ${where}` : ""}`;
}

async function writeManifest(folder: string, manifest: Manifest, sums: [string, string][]): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const all = [...sums, [MANIFEST_FILE, createHash("sha256").update(text).digest("hex")]];
  const sumsText = all.map(([file, sha256]) => `${sha256}  ${file}\n`).join("");
  await writeFile(join(folder, MANIFEST_FILE), text, { mode: 0o600, flush: true });
  await writeFile(join(folder, SUMS_FILE), sumsText, { mode: 0o600, flush: true });
  await flush(folder);
}
