import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { makeOwnedDatabase, runAt } from "@/tests/owned-database";
import { prepareDatabase } from "./databases";
import { concurrentIndex, deployMigrations, missingMigrations } from "./migrate";
import { startPostgres } from "./postgres";
import { MIGRATIONS_FOLDER, migrationNames } from "./schema-engine";

const url = process.env.DATABASE_URL ?? "";

const indexOf = (migration: string) =>
  concurrentIndex(readFileSync(join(MIGRATIONS_FOLDER, migration, "migration.sql"), "utf8"));
const building = migrationNames().filter((name) => indexOf(name));

const isValid = async (index: string) =>
  (
    await runAt<{ valid: boolean }>(url, "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = $1::regclass", [
      index,
    ])
  )[0]?.valid;

test("the migrations that make an index concurrently are known", () => {
  expect(building.length).toBeGreaterThanOrEqual(3);
  expect(concurrentIndex('-- Why.\nCREATE UNIQUE INDEX CONCURRENTLY "a_key" ON a (b);')).toBe("a_key");
  expect(concurrentIndex('-- Why.\nCREATE INDEX "a_key" ON a (b);')).toBeUndefined();
});

test.each(building)("%s is tried again after it broke off in the middle, or just before it was noted", async (name) => {
  const index = indexOf(name) ?? "";
  for (const state of ["half made", "whole"]) {
    await runAt(url, "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1", [name]);
    if (state === "half made")
      await runAt(url, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = $1::regclass", [`"${index}"`]);
    expect(await deployMigrations(url), state).toEqual([name]);
    expect(await isValid(`"${index}"`)).toBe(true);
    expect(await deployMigrations(url)).toEqual([]);
  }
});

test("a PostgreSQL that writes days and times as India does is migrated, too", async () => {
  const [name = ""] = building;
  const database = new URL(url).pathname.slice(1);
  await runAt(url, `ALTER DATABASE ${database} SET datestyle TO 'SQL, DMY'`);
  await runAt(url, `ALTER DATABASE ${database} SET timezone TO 'Asia/Kolkata'`);
  await runAt(url, "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1", [name]);
  expect(await deployMigrations(url)).toEqual([name]);
});

test("a user without the roles of the walls is told what an administrator runs, and migrates after it", async () => {
  const server = inject("postgresUrl");
  const own = await makeOwnedDatabase(server, `roles_${process.pid}`, { migrated: false });
  try {
    const walls = migrationNames().findIndex((name) => name.endsWith("_walls"));
    await runAt(server, `REVOKE chukta_system FROM ${own.owner}`);
    await expect(deployMigrations(own.url())).rejects.toThrow(`  GRANT chukta_system TO "${own.owner}";\n`);
    expect(await runAt(own.url(), "SELECT to_regclass('business') AS found")).toEqual([{ found: null }]);
    await runAt(server, `GRANT chukta_system TO ${own.owner}`);

    // Broken off before the walls: what is missing can be told then, too.
    await deployMigrations(own.url(), migrationNames().slice(0, walls));
    expect(await missingMigrations(own.url())).toEqual(migrationNames().slice(walls));
    await deployMigrations(own.url());

    await runAt(server, `REVOKE chukta_app FROM ${own.owner}`);
    await expect(deployMigrations(own.url())).rejects.toThrow(`GRANT chukta_app TO "${own.owner}";`);
  } finally {
    await own.drop();
  }
});

test("a user who may make roles, and is no superuser, makes them and migrates", async () => {
  // A server of its own: roles belong to the server, and the tests' has them already.
  const folder = mkdtempSync(join(tmpdir(), "chukta-roles-"));
  chmodSync(folder, 0o755);
  const cluster = await startPostgres({ folder, throwaway: true });
  try {
    const server = cluster.url("postgres");
    await runAt(server, "CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'of-one-test-run'");
    await runAt(server, "CREATE DATABASE made OWNER maker TEMPLATE template0 ENCODING 'UTF8'");
    const own = new URL(cluster.url("made"));
    Object.assign(own, { username: "maker", password: "of-one-test-run" });
    expect(await deployMigrations(own.href)).toEqual(migrationNames());
    expect(await missingMigrations(own.href)).toEqual([]);
    const roles =
      "SELECT rolname AS name, pg_has_role('maker', oid, 'MEMBER') AS held FROM pg_roles WHERE rolname ~ '^chukta_'";
    expect(await runAt(server, `${roles} ORDER BY 1`)).toEqual([
      { name: "chukta_app", held: true },
      { name: "chukta_system", held: true },
    ]);
    // As every query of the portal does; without BYPASSRLS by the policies.
    await runAt(own.href, "SET ROLE chukta_app");
    await runAt(own.href, "SET ROLE chukta_system");
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a database in another encoding than UTF8 is refused with what an operator does, and left as it is", async () => {
  const server = inject("postgresUrl");
  const name = `ascii_${process.pid}`;
  const at = server.replace(/\/postgres$/, `/${name}`);
  await runAt(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'`);
  try {
    const said = `The database ${name} has the encoding SQL_ASCII`;
    const start = () => prepareDatabase({ url: at, embedded: false });
    for (const ask of [() => deployMigrations(at), start])
      await expect(ask()).rejects.toMatchObject({ name: "Problem", message: expect.stringContaining(said) });
    expect(await runAt(at, "SELECT to_regclass('business') AS found")).toEqual([{ found: null }]);
    const told = await missingMigrations(at).catch(({ message }: Error) => message);
    const statement = /^ {2}(CREATE DATABASE .*);$/m.exec(String(told))?.[1];
    await runAt(server, String(statement));
    expect(await missingMigrations(`${at}_utf8`)).toEqual(migrationNames());
  } finally {
    for (const each of [name, `${name}_utf8`]) await runAt(server, `DROP DATABASE IF EXISTS ${each} WITH (FORCE)`);
  }
});
