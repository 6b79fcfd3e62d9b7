import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";
import { restoreBackup } from "./restore";
import { setSequences } from "./sequences";
import { takeBackup } from "./take";
import { busyPortal } from "./testing/busy-portal";
import { connected, rowsOf, tablesIn } from "./testing/contents";

const source = process.env.DATABASE_URL ?? "";
const server = inject("postgresUrl");
const database = `restore_${process.pid}_${Date.now()}`;
const target = server.replace(/\/postgres$/, `/${database}`);
const folder = mkdtempSync(join(tmpdir(), "chukta-damaged-"));
const whole = join(folder, "whole");
const copy = join(folder, "copy");

beforeAll(async () => {
  await rowsOf(server, `CREATE DATABASE ${database} TEMPLATE template0`);
  await busyPortal();
  await takeBackup({ databaseUrl: source, folder: whole });
});
beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  cpSync(whole, copy, { recursive: true });
});
afterAll(async () => {
  await rowsOf(server, `DROP DATABASE ${database} WITH (FORCE)`);
  rmSync(folder, { recursive: true, force: true });
});

/** Changes a file of the copy, and makes its sum right when it is a forgery and not an accident. */
function change(file: string, by: (bytes: Buffer) => Buffer | string, { andSum = false } = {}): void {
  const path = join(copy, file);
  const sha256 = () => createHash("sha256").update(readFileSync(path)).digest("hex");
  const before = sha256();
  writeFileSync(path, by(readFileSync(path)));
  if (!andSum) return;
  const sums = join(copy, "SHA256SUMS");
  writeFileSync(sums, readFileSync(sums, "utf8").replace(before, sha256()));
}

const changeManifest = (by: (manifest: never) => unknown) =>
  change("manifest.json", (bytes) => JSON.stringify(by(JSON.parse(bytes.toString()) as never)), { andSum: true });

async function isRefused(words: string | RegExp): Promise<void> {
  await expect(restoreBackup(copy, target)).rejects.toThrow(words);
  expect(await tablesIn(target)).toEqual([]);
}

test("one changed byte in any file, and nothing is touched", async () => {
  const files = readdirSync(whole).filter((file) => file !== "SHA256SUMS");
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    change(file, (bytes) => {
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      return bytes;
    });
    await isRefused(`${file} is damaged`);
    cpSync(join(whole, file), join(copy, file));
  }
});

test("a file that is cut short or missing, a backup that was not finished, and a folder that is none", async () => {
  change("payment.csv.gz", (bytes) => bytes.subarray(0, -20));
  await isRefused("payment.csv.gz is damaged");
  rmSync(join(copy, "payment.csv.gz"));
  await isRefused("payment.csv.gz is missing");
  rmSync(join(copy, "SHA256SUMS"));
  await isRefused("not a whole one");
  rmSync(copy, { recursive: true });
  await isRefused("it is no backup");
});

test("a backup of a newer release, and one whose migrations are not this release's", async () => {
  changeManifest((manifest: { migrations: object[] }) => ({
    ...manifest,
    migrations: [...manifest.migrations, { name: "29991231000000_future", checksum: "0" }],
  }));
  await isRefused(/has migration 29991231000000_future: restore it with that one/);
  changeManifest((manifest: { migrations: { name: string }[] }) => ({
    ...manifest,
    migrations: manifest.migrations.slice(0, -1).map((migration) => ({ ...migration, checksum: "0" })),
  }));
  await isRefused(/is not what it was when the backup was taken/);
});

test("rows that are missing although the sums agree: the database is empty again", async () => {
  changeManifest((manifest: { tables: { name: string; rows: number }[] }) => ({
    ...manifest,
    tables: manifest.tables.map((table) => (table.name === "payment" ? { ...table, rows: table.rows + 1 } : table)),
  }));
  await isRefused(/payment\.csv\.gz has \d+ rows and not \d+: nothing was restored/);
});

test("a database that is not empty, whatever it holds", async () => {
  await rowsOf(target, "CREATE TABLE somebody_elses (id int)");
  await expect(restoreBackup(copy, target)).rejects.toThrow("not empty (it has somebody_elses)");
  expect(await tablesIn(target)).toEqual(["somebody_elses"]);
  await rowsOf(target, "DROP TABLE somebody_elses");
  await expect(restoreBackup(copy, source)).rejects.toThrow("not empty");
});

test("a database that went away half-way: what broke it off is said, and at the next try what to do", async () => {
  await rowsOf(server, `CREATE DATABASE ${database}_away TEMPLATE template0`);
  const away = `${target}_away`;
  const restoring = restoreBackup(copy, away).catch((error: Error) => error.message);
  await vi.waitUntil(async () => (await tablesIn(away)).length > 1, { timeout: 20_000, interval: 20 });
  await rowsOf(server, `ALTER DATABASE ${database}_away WITH ALLOW_CONNECTIONS false`);
  await rowsOf(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
    `${database}_away`,
  ]);
  // As the connection told it that met it first, within a migration, or between two.
  expect(await restoring).toMatch(/^Migration \w+ failed|terminat|closed the connection/);
  await rowsOf(server, `ALTER DATABASE ${database}_away WITH ALLOW_CONNECTIONS true`);
  await expect(restoreBackup(copy, away)).rejects.toThrow(/not empty .* drop the database/s);
  await rowsOf(server, `DROP DATABASE ${database}_away WITH (FORCE)`);
});

test("a backup that can't be written leaves nothing behind, and never writes over another", async () => {
  await expect(takeBackup({ databaseUrl: source, folder: whole })).rejects.toThrow("is there already");
  const never = join(folder, "never");
  await expect(takeBackup({ databaseUrl: target, folder: never })).rejects.toThrow("holds no portal");
  await expect(takeBackup({ databaseUrl: source, folder: never, business: "nobody" })).rejects.toThrow("no business");
  expect(existsSync(never)).toBe(false);
  expect(existsSync(`${never}.partial`)).toBe(false);
});

test("a sequence goes on after the number it had handed out", async () => {
  await connected(target, async (client) => {
    await client.query('CREATE TABLE "Numbered" (id serial)');
    await setSequences(client, [{ name: "Numbered_id_seq", lastValue: "41", isCalled: true }]);
    const { rows } = await client.query('INSERT INTO "Numbered" DEFAULT VALUES RETURNING id');
    expect(rows).toEqual([{ id: 42 }]);
    await client.query('DROP TABLE "Numbered"');
  });
});

// /proc is Linux's.
test.skipIf(process.platform !== "linux")("a place where no folder can be made is refused at once", async () => {
  for (const place of ["/proc", "/proc/backups/today"]) {
    const taking = takeBackup({ databaseUrl: source, folder: join(place, "nightly") });
    await expect(taking).rejects.toMatchObject({
      name: "Problem",
      message: expect.stringContaining("No folder can be"),
    });
  }
  await takeBackup({ databaseUrl: source, folder: join(folder, "made", "on", "the", "way") });
});
