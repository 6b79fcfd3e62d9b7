import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { afterAll, inject } from "vitest";

/**
 * Gives every integration test file a database of its own, a copy of the migrated template, before the file is imported:
 * lib/db and `prisma` from tests/prisma.ts are connected to it, and need no set-up. A test's own connections, which are no portal's,
 * go to `OWNERS_DATABASE_URL`.
 */
const server = inject("postgresUrl");
const name = `test_${randomUUID().replaceAll("-", "")}`;

async function administer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await work(client).finally(() => client.end());
}

/**
 * A portal's pool that has ended is still closing its connections: one that is thrown out before that calls it an error that nobody
 * expects. Those of `prisma` from tests/prisma.ts stay, and expect it.
 */
async function untilPortalsLeft(client: pg.Client): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { rowCount } = await client.query(
      "SELECT FROM pg_stat_activity WHERE datname = $1 AND usename <> current_user",
      [name],
    );
    if (rowCount === 0) return;
    await setTimeout(10);
  }
}

await administer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE chukta_template`));
const named = (url: string) => url.replace(/\/postgres$/, `/${name}`);
process.env.DATABASE_URL = named(inject("portalUrl"));
process.env.OWNERS_DATABASE_URL = named(server);

afterAll(async () => {
  const { disconnect } = await import("@/lib/db");
  await disconnect();
  await administer(async (client) => {
    await untilPortalsLeft(client);
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
});
