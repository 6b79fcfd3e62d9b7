import pg from "pg";
import { bookSteps, drawSteps, type FillStep, PREPARE } from "./fill-sql";

/** Tables of the books, whose indexes are made after most of their rows. */
const TABLES = ["invoice", "payment", "payment_line", "message", "audit_event"];

/** The last part is written as the portal would, with all indexes there, and not vacuumed: days of use since the last clean-up. */
const LIVE_SHARE = 0.01;

interface Index {
  name: string;
  sql: string;
}

/** All but the primary keys, which foreign keys need. */
async function secondaryIndexes(client: pg.Client): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `SELECT indexname AS name, indexdef AS sql FROM pg_indexes
      WHERE schemaname = 'public' AND tablename = ANY($1) AND indexname NOT LIKE '%\\_pkey' ORDER BY indexname`,
    [TABLES],
  );
  return rows;
}

async function indexSteps(client: pg.Client): Promise<{ drop: FillStep; make: FillStep[] }> {
  // Kept in the database, so that a fill that was broken off still knows them.
  await client.query("CREATE TABLE IF NOT EXISTS bench.index AS SELECT ''::text AS name, ''::text AS sql WITH NO DATA");
  const kept = await client.query<Index>("SELECT name, sql FROM bench.index ORDER BY name");
  const indexes = kept.rows.length > 0 ? kept.rows : await secondaryIndexes(client);
  if (kept.rows.length === 0)
    for (const { name, sql } of indexes) await client.query("INSERT INTO bench.index VALUES ($1, $2)", [name, sql]);
  const drop = indexes.map(({ name }) => `DROP INDEX IF EXISTS "${name}";`).join(" ");
  return {
    drop: { name: "indexes away", sql: drop || "SELECT 1" },
    make: indexes.map(({ name, sql }) => ({ name: `index ${name}`, sql })),
  };
}

export interface FillOptions {
  /** How many invoices; payments are about three times as many. */
  invoices: number;
  /** Called after each step with its name and its milliseconds. */
  onStep?: (name: string, took: number) => void;
  /** Stops between two steps once the time has passed; the next call goes on. */
  until?: number;
}

/**
 * Fills a migrated, empty database; a superuser's address, since foreign keys are taken on trust. Broken off, it goes on at the step
 * where it was. `bench.step` remembers what is done.
 * @returns whether all is there
 */
export async function fill(databaseUrl: string, { invoices, onStep, until = Infinity }: FillOptions): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(PREPARE);
    const { rows } = await client.query<{ name: string }>("SELECT name FROM bench.step");
    const done = new Set(rows.map(({ name }) => name));
    if (done.has("all")) return true;
    await client.query(
      "SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'",
    );
    const { drop, make } = await indexSteps(client);
    const settled = Math.floor(invoices * (1 - LIVE_SHARE));
    const steps = [
      ...drawSteps(invoices),
      drop,
      ...bookSteps("settled", 1, settled),
      ...make,
      { name: "vacuum", sql: "" },
      ...bookSteps("live", settled + 1, invoices),
      { name: "all", sql: "" },
    ];
    for (const { name, sql } of steps) {
      if (done.has(name)) continue;
      if (Date.now() > until) return false;
      const start = performance.now();
      if (name === "vacuum") await client.query(`VACUUM (ANALYZE) ${TABLES.join(", ")}, counterparty, business`);
      const mark = `INSERT INTO bench.step VALUES ('${name}')`;
      await client.query(sql ? `BEGIN; ${sql}; ${mark}; COMMIT` : mark);
      onStep?.(name, performance.now() - start);
    }
    return true;
  } finally {
    await client.end();
  }
}

/** Whether a fill was begun and broken off. */
export async function isHalfFilled(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ steps: string | null }>("SELECT to_regclass('bench.step') AS steps");
    if (!rows[0]?.steps) return false;
    return (await client.query("SELECT FROM bench.step WHERE name = 'all'")).rowCount === 0;
  } finally {
    await client.end();
  }
}
