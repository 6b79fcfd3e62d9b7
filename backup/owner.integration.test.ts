import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import { makeOwnedDatabase, type OwnedDatabase, runAt } from "@/tests/owned-database";
import { restoreBackup } from "./restore";
import { takeBackup } from "./take";
import { busyPortal } from "./testing/busy-portal";
import { asBackedUp, connected, contentsOf } from "./testing/contents";

// On a PostgreSQL that belongs to someone else: the database's owner is no superuser, and walls stand around its tables.

const source = process.env.DATABASE_URL ?? "";
const server = inject("postgresUrl");
const folder = mkdtempSync(join(tmpdir(), "chukta-owner-"));
let database: OwnedDatabase | undefined;

afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test("the owner restores and backs up all of it, and nobody has to be a superuser", async () => {
  await busyPortal();
  await takeBackup({ databaseUrl: source, folder: join(folder, "first") });
  database = await makeOwnedDatabase(server, `backing_${process.pid}`, { migrated: false });
  await restoreBackup(join(folder, "first"), database.url());
  await takeBackup({ databaseUrl: database.url(), folder: join(folder, "second") });
  const copy = `${database.owner}_copy`;
  await runAt(database.url("postgres"), `CREATE DATABASE ${copy} TEMPLATE template0`);
  await restoreBackup(join(folder, "second"), database.url(copy));
  expect(await connected(database.url(copy), contentsOf)).toEqual(asBackedUp(await connected(source, contentsOf)));
});

test("someone who sees only a part gets no backup at all, instead of a part", async () => {
  if (!database) throw new Error("there is no database");
  const clerk = `${database.owner}_clerk`;
  await runAt(server, `CREATE ROLE ${clerk} LOGIN PASSWORD 'x'`);
  await runAt(database.url(), `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${clerk}`);
  const url = new URL(database.url());
  Object.assign(url, { username: clerk, password: "x" });
  await expect(takeBackup({ databaseUrl: url.href, folder: join(folder, "never") })).rejects.toThrow(
    /row-level security|permission denied/,
  );
  await runAt(database.url(), `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${clerk}`);
  await runAt(server, `DROP ROLE ${clerk}`);
});
