import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";

/** Any number; two programs that start at once must not migrate the same database at once. */
const MIGRATION_LOCK = 7_274_150_401;

const POLL_MS = 200;

/** So many times it is asked for without a word: a migration rarely takes longer, a backup does. */
const QUIET_POLLS = 15;

/**
 * Waits for the migrations' lock, and holds it until the connection ends: alone to migrate, `shared` so that no migration begins
 * meanwhile (a backup). It asks again and again instead of waiting in PostgreSQL: a statement that waits holds a snapshot, and a
 * migration's CREATE INDEX CONCURRENTLY, which waits for all snapshots, would wait for ever without PostgreSQL seeing why.
 */
export async function holdMigrationLock(client: pg.Client, mode: "alone" | "shared"): Promise<void> {
  const take = mode === "alone" ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared";
  for (let polls = 1; ; polls++) {
    const { rows } = await client.query<{ taken: boolean }>(`SELECT ${take}($1) AS taken`, [MIGRATION_LOCK]);
    if (rows[0]?.taken) return;
    if (polls === QUIET_POLLS) console.error("Waiting until a migration or a backup of this database has ended.");
    await delay(POLL_MS);
  }
}
