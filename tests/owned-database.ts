import pg from "pg";
import { deployMigrations } from "../scripts/migrate";

/** Runs one statement on a connection of its own. */
export async function runAt<T extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client
    .query<T>(sql, values)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

export interface OwnedDatabase {
  name: string;
  owner: string;
  /** The address of one of the owner's databases; its own unless another is named. */
  url: (database?: string) => string;
  /** Removes all that the owner has, and the owner. */
  drop: () => Promise<void>;
}

/**
 * A migrated database whose owner is no superuser, as on anyone's PostgreSQL but the tests': a superuser doesn't notice what is
 * closed to others.
 */
export async function makeOwnedDatabase(
  server: string,
  owner: string,
  { migrated = true } = {},
): Promise<OwnedDatabase> {
  const name = `${owner}_own`;
  const password = "of-one-test-run";
  const url = (database = name) => {
    const address = new URL(server);
    Object.assign(address, { username: owner, password, pathname: `/${database}` });
    return address.href;
  };
  await runAt(server, `CREATE ROLE ${owner} LOGIN CREATEDB PASSWORD '${password}'`);
  await runAt(server, `GRANT chukta_app, chukta_system TO ${owner}`);
  await runAt(server, `CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0`);
  if (migrated) await deployMigrations(url());
  const drop = async () => {
    const owned =
      "SELECT datname AS name FROM pg_database WHERE datdba = (SELECT oid FROM pg_roles WHERE rolname = $1)";
    for (const { name } of await runAt<{ name: string }>(server, owned, [owner]))
      await runAt(server, `DROP DATABASE "${name}" WITH (FORCE)`);
    await runAt(server, `DROP ROLE IF EXISTS ${owner}`);
  };
  return { name, owner, url, drop };
}
