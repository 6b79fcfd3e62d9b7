import type pg from "pg";
import { connectionTo, withClient } from "../scripts/connection";

/** Runs with a connection whose values read the same anywhere, and that nothing cuts short. @throws Problem when there is none to be had */
export function withConnection<T>(databaseUrl: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient({ ...connectionTo(databaseUrl), application_name: "chukta-backup" }, async (client) => {
    // Row-level security off: what this role may not see is an error, never silently left out.
    await client.query(
      `SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET statement_timeout = 0; SET row_security = off;
       SET idle_in_transaction_session_timeout = 0`,
    );
    return use(client);
  });
}
