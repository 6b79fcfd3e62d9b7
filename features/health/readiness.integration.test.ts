import pg from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { checkReadiness } from "@/features/health/data";
import { needMigrations } from "@/lib/readiness";
import { connectionTo } from "@/scripts/connection";
import { migrationNames, migrationsList, NO_FILTERS, withSchemaEngine } from "@/scripts/schema-engine";
import { prisma } from "@/tests/prisma";

const NEWER = "29991231000000_newer";

afterEach(async () => {
  needMigrations([]);
  await prisma.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name = ${NEWER}`;
});

test("a portal takes work once its own release's migrations are there, to their end", async () => {
  needMigrations(migrationNames());
  expect(await checkReadiness()).toMatchObject({ ready: true, checks: { migrations: "ok" } });
  needMigrations([...migrationNames(), NEWER]);
  expect(await checkReadiness()).toMatchObject({ ready: false, checks: { migrations: "missing" } });
  await prisma.$executeRaw`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('newer', '', ${NEWER})`;
  expect(await checkReadiness()).toMatchObject({ ready: false, checks: { migrations: "missing" } });
});

test("and goes on while a newer release's builds an index for minutes", async () => {
  needMigrations(migrationNames());
  const url = process.env.OWNERS_DATABASE_URL ?? "";
  const list = migrationsList();
  const content = { tag: "ok" as const, value: 'CREATE INDEX CONCURRENTLY "utr_once_more" ON "payment" ("utr");\n' };
  list.migrationDirectories.push({ path: NEWER, migrationFile: { path: "migration.sql", content } });
  const writer = new pg.Client({ connectionString: url });
  await writer.connect();
  // The index waits for whoever writes to the table.
  await writer.query("BEGIN; LOCK payment IN ROW EXCLUSIVE MODE");
  const building = withSchemaEngine(connectionTo(url), (engine) =>
    engine.applyMigrations({ migrationsList: list, filters: NO_FILTERS }),
  );
  const begun = () => prisma.$queryRaw<unknown[]>`SELECT FROM pg_stat_progress_create_index`;
  await vi.waitUntil(async () => (await begun()).length > 0, { timeout: 20_000 });
  expect(await checkReadiness()).toMatchObject({ ready: true, checks: { migrations: "ok" } });
  await writer.end();
  await building;
});
