import pg from "pg";
import { addressProblem } from "../lib/env";
import { Problem } from "./problem";

/**
 * Connection settings one by one, as pg itself reads them from the address: given a connection string, the `schema` handling of Prisma's
 * adapter breaks its Schema Engine.
 * @throws Problem for an address that can't be read
 */
export function connectionTo(databaseUrl: string, database?: string): pg.ClientConfig {
  const wrong = addressProblem(databaseUrl);
  if (wrong) throw new Problem(`DATABASE_URL ${wrong}.`);
  try {
    const { host, port, user, password, ssl, ...read } = new pg.Client({ connectionString: databaseUrl });
    return { host, port, user, password, ssl, database: database ?? read.database };
  } catch (error) {
    throw new Problem(`DATABASE_URL can't be used: ${(error as Error).message}`);
  }
}

/** Runs with a connection, and closes it. @throws Problem when there is none to be had */
export async function withClient<T>(connection: pg.ClientConfig, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new Problem(`The database can't be reached: ${message || code}`);
  }
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
