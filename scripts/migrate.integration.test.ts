import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { makeOwnedDatabase, runAt } from "@/tests/owned-database";
import { prepareDatabase } from "./databases";
import { concurrentIndex, deployMigrations, missingMigrations } from "./migrate";
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
