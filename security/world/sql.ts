import pg from "pg";
import { onEnd } from "../../scripts/shutdown";

let pool: pg.Pool | undefined;

/** Rows of the database, as the superuser: what the attacked portal can't hide, however its own connection is bounded. */
export async function rows<Row extends pg.QueryResultRow>(sql: string, ...values: unknown[]): Promise<Row[]> {
  if (!pool) {
    pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });
    // The database is stopped at the end, whether or not it is still in use.
    pool.on("error", () => {});
    onEnd("", closeRows);
  }
  return (await pool.query<Row>(sql, values)).rows;
}

/** Closes the connections of `rows`. */
export async function closeRows(): Promise<void> {
  const closing = pool;
  pool = undefined;
  await closing?.end();
}
