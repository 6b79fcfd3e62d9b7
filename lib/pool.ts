import "server-only";
import pg from "pg";
import { watchPool } from "@/lib/metrics-pools";
import { boundTo, walledConnection } from "@/lib/wall";

/** Connections for the few statements that a process runs thousands of times a second; everything else goes through Prisma. */
const SIZE = 8;

// One pool a process: Next.js may load a module more than once.
const held = globalThis as { chuktaPool?: pg.Pool };

function pool(): pg.Pool {
  if (!held.chuktaPool) {
    held.chuktaPool = new pg.Pool({
      // A statement here takes milliseconds; one that waits this long for a lock is better off failing.
      ...walledConnection("statement_timeout=15s"),
      max: SIZE,
    });
    // A connection that breaks while nobody uses it: the pool drops it, and the next query opens another.
    held.chuktaPool.on("error", () => {});
    watchPool("statements", held.chuktaPool);
  }
  return held.chuktaPool;
}

/**
 * Runs one statement that commits by itself, prepared under its name on each connection at first use. It sees no business's rows:
 * it calls a function of the database that may (docs/decisions/022-row-level-security.md).
 * @throws pg.DatabaseError with PostgreSQL's SQLSTATE in `code`; any other Error when the database can't be reached.
 */
export async function runStatement<Row extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await pool().query<Row>({ name, text, values });
  return rows;
}

/**
 * Runs one statement that commits by itself, across all businesses, planned anew each time: for a queue, which is empty now and long
 * a second later, so that a plan made once would be the wrong one soon.
 */
export async function runFresh<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
  const { rows } = await pool().query<Row>(boundTo("system", { text, values }));
  return rows;
}

/** Closes the pool; the next statement opens another. */
export async function closePool(): Promise<void> {
  const closing = held.chuktaPool;
  delete held.chuktaPool;
  await closing?.end();
}
