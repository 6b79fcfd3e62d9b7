import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { walledConnection } from "@/lib/wall";
import { missingMigrations } from "@/scripts/migrate";
import { runAt } from "@/tests/owned-database";

/* The login of portals that reach PostgreSQL by way of PgBouncer, without PgBouncer: tests/pgbouncer.ts runs the suite behind one. */

const server = inject("postgresUrl");
const login = `portal_${randomBytes(6).toString("hex")}`;
const password = "of-one-test-run";
const address = new URL(process.env.OWNERS_DATABASE_URL ?? "");
Object.assign(address, { username: login, password });

beforeAll(async () => {
  const sql = readFileSync("deploy/pgbouncer/portal.sql", "utf8").replaceAll("chukta_portal", login);
  await runAt(server, sql);
  await runAt(server, `ALTER ROLE ${login} PASSWORD '${password}'`);
});
afterAll(() => runAt(server, `DROP ROLE ${login}`));

test("has from the start all that other portals ask for as they connect", async () => {
  const { options } = walledConnection("statement_timeout=15s");
  const asked = [...(options ?? "").matchAll(/-c (\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]);
  expect(asked.map(([name]) => name)).toEqual([
    "role",
    "search_path",
    "jit",
    "timezone",
    "datestyle",
    "plan_cache_mode",
    "enable_seqscan",
    "enable_hashjoin",
    "enable_mergejoin",
    "statement_timeout",
  ]);
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    for (const [name, value] of asked) {
      const { rows } = await client.query(`SELECT current_setting($1) AS has`, [name]);
      expect(rows[0].has.replaceAll(" ", ""), name).toBe(value);
    }
  } finally {
    await client.end();
  }
});

test("may look whether the database is migrated, which `npm start` does first, and may not migrate it", async () => {
  expect(await missingMigrations(address.href)).toEqual([]);
  await expect(runAt(address.href, "SELECT 1 FROM _prisma_migrations")).rejects.toThrow("permission denied");
  await expect(runAt(address.href, "CREATE TABLE public.another (id int)")).rejects.toThrow("permission denied");
});
