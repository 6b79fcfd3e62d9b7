import pg from "pg";
import { afterAll, expect, inject, test, vi } from "vitest";
import { runAt } from "@/tests/owned-database";
import { connectionTo } from "./connection";
import { deployMigrations } from "./migrate";
import { holdMigrationLock } from "./migration-lock";
import { migrationsList, NO_FILTERS, withSchemaEngine } from "./schema-engine";

const server = inject("postgresUrl");
const url = process.env.DATABASE_URL ?? "";
const clients: pg.Client[] = [];

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  clients.push(client);
  return client;
}
afterAll(() => Promise.all(clients.map((client) => client.end())));

test("an index is built concurrently by a migration, while another program waits for the lock", async () => {
  const sql = 'CREATE INDEX CONCURRENTLY "utr_once_more" ON "payment" ("utr")';
  const value = `-- Built while payments go on.\n${sql};\n`;
  const list = migrationsList();
  const content = { tag: "ok" as const, value };
  list.migrationDirectories.push({ path: "29991231000000_later", migrationFile: { path: "migration.sql", content } });

  await holdMigrationLock(await connect(), "alone");
  let isTaken = false;
  const waiting = holdMigrationLock(await connect(), "alone").then(() => {
    isTaken = true;
  });
  await withSchemaEngine(connectionTo(url), (engine) =>
    engine.applyMigrations({ migrationsList: list, filters: NO_FILTERS }),
  );
  const [index] = await runAt<{ valid: boolean }>(
    url,
    "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = 'utr_once_more'::regclass",
  );
  expect(index).toEqual({ valid: true });
  expect(isTaken).toBe(false);
  await clients[0]?.end();
  await waiting;
  await clients[1]?.end();
}, 20_000);

test("two that share it hold off one that wants it alone, and no longer than they hold it", async () => {
  const [one, two, three] = [await connect(), await connect(), await connect()];
  await holdMigrationLock(one, "shared");
  await holdMigrationLock(two, "shared");
  let isTaken = false;
  const waiting = holdMigrationLock(three, "alone").then(() => {
    isTaken = true;
  });
  await one.end();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(isTaken).toBe(false);
  await two.end();
  await waiting;
  await three.end();
});

test("who waits for longer than a moment is told why, once", async () => {
  const said = vi.spyOn(console, "error").mockReturnValue();
  const [backup, migration] = [await connect(), await connect()];
  await holdMigrationLock(backup, "shared");
  const waiting = holdMigrationLock(migration, "alone");
  await vi.waitUntil(() => said.mock.calls.length > 0, { timeout: 20_000 });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(said.mock.calls).toEqual([["Waiting until a migration or a backup of this database has ended."]]);
  said.mockRestore();
  await backup.end();
  await waiting;
  await migration.end();
});

test("several programs that start at once migrate an empty database once", async () => {
  const name = `empty_${process.pid}_${Date.now()}`;
  await runAt(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  const target = server.replace(/\/postgres$/, `/${name}`);
  const applied = await Promise.all([1, 2, 3].map(() => deployMigrations(target)));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  await runAt(server, `DROP DATABASE ${name} WITH (FORCE)`);
}, 60_000);
