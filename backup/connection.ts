import pg from "pg";
import { Problem } from "../scripts/problem";
import { connectionTo } from "../scripts/schema-engine";

/** Runs with a connection whose values read the same anywhere, and that nothing cuts short. */
export async function withConnection<T>(databaseUrl: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connectionTo(databaseUrl), application_name: "chukta-backup" });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new Problem(`The database can't be reached: ${message || code}`);
  }
  try {
    // Row-level security off: what this role may not see is an error, never silently left out.
    await client.query(
      `SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET statement_timeout = 0; SET row_security = off;
       SET idle_in_transaction_session_timeout = 0`,
    );
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
