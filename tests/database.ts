import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";

/**
 * Gives every integration test file a database of its own, a copy of the migrated template, before the file is imported:
 * lib/db and `prisma` from tests/prisma.ts are connected to it, and need no set-up. A test's own connections, which are no portal's,
 * go to `OWNERS_DATABASE_URL`.
 */
const server = inject("postgresUrl");
const name = `test_${randomUUID().replaceAll("-", "")}`;

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

await administer(`CREATE DATABASE ${name} TEMPLATE chukta_template`);
const named = (url: string) => url.replace(/\/postgres$/, `/${name}`);
process.env.DATABASE_URL = named(inject("portalUrl"));
process.env.OWNERS_DATABASE_URL = named(server);

afterAll(async () => {
  const { disconnect } = await import("@/lib/db");
  await disconnect();
  await administer(`DROP DATABASE ${name} WITH (FORCE)`);
});
