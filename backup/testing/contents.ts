import pg from "pg";
import { SIGNED_IN } from "../belongings";

const TABLES = `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                   AND relname <> '_prisma_migrations' ORDER BY relname`;
const JOBS = `SELECT coalesce(string_agg(concat_ws(' ', task.identifier, payload, key, run_at, max_attempts), E'\n' ORDER BY key), '') AS rows
                FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = task_id`;

/** Connects, runs, and closes. */
export async function connected<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return use(client).finally(() => client.end());
}

/** The rows of one query on a connection of its own. */
export function rowsOf<T extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<T[]> {
  return connected(url, async (client) => (await client.query<T>(sql, values)).rows);
}

/** Every table's rows as text, in order, but for the ids of transactions, which belong to a cluster; and the queue's jobs. */
export async function contentsOf(client: pg.Client): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name } of (await client.query(TABLES)).rows) {
    const { rows } = await client.query(
      `SELECT coalesce(string_agg(line, E'\n' ORDER BY line), '') AS rows
         FROM (SELECT (to_jsonb(t) - 'transaction_id' - 'through_transaction_id')::text AS line FROM "${name}" t) AS lines`,
    );
    found.set(name, rows[0].rows);
  }
  found.set("jobs", (await client.query(JOBS)).rows[0].rows);
  return found;
}

/** The names of the tables in a database, the queue's too: none, when it is empty. */
export async function tablesIn(url: string): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    url,
    `SELECT relname AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'graphile_worker'))`,
  );
  return rows.map(({ name }) => name);
}

/** The same, as a backup has it: nobody is signed in. */
export const asBackedUp = (contents: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...contents].map(([name, rows]) => [name, SIGNED_IN.includes(name) ? "" : rows]));
