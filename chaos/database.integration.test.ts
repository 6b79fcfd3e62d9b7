import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Database, FULL_AT_BYTES } from "@/chaos/database";
import { withClient } from "@/chaos/sql";

// A PostgreSQL of its own, killed, stopped and filled up.

const folder = mkdtempSync(join(tmpdir(), "chukta-chaos-test-"));
let database: Database;

beforeAll(async () => {
  chmodSync(folder, 0o755);
  database = await Database.start(folder);
  await query("CREATE TABLE kept (id int PRIMARY KEY, body text)");
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

const query = (sql: string) => withClient(database.url, (client) => client.query(sql));

/** Asks until the server answers again. */
async function eventually(sql: string) {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await query(sql).catch(() => null);
    if (answer) return answer;
    await delay(100);
  }
  throw new Error("PostgreSQL did not come back");
}

test("killed, it comes back by itself with all that was committed", async () => {
  await query("INSERT INTO kept VALUES (1, 'before')");
  database.kill(0);
  const { rows } = await eventually("SELECT body FROM kept WHERE id = 1");
  expect(rows).toEqual([{ body: "before" }]);
  expect(database.recoveries).toBe(1);
});

test("stopped, nothing answers; then everything goes on", async () => {
  const frozen = database.freeze(1_000, new AbortController().signal);
  const begin = performance.now();
  const asked = query("INSERT INTO kept VALUES (2, 'meanwhile')");
  await Promise.all([frozen, asked]);
  expect(performance.now() - begin).toBeGreaterThan(900);
});

test.runIf(process.platform === "linux")(
  "with a full disk its own writes fail, and go on when there is room",
  async () => {
    const fill = (from: number, count: number) =>
      query(`INSERT INTO kept SELECT n, repeat(md5(n::text), 55) FROM generate_series(${from}, ${from + count}) n`);
    await fill(10, 10_000);
    const { rows } = await query("SELECT pg_relation_size('kept')::int AS size");
    expect(rows[0].size).toBeGreaterThan(FULL_AT_BYTES);
    // A container may forbid it: then the run skips this fault, and says so.
    if (!database.limitFiles(true)) return;
    await expect(fill(20_000, 200)).rejects.toThrow(/could not extend file .*File too large/);
    expect((await query("SELECT count(*)::int AS count FROM kept WHERE id >= 20000")).rows).toEqual([{ count: 0 }]);
    database.limitFiles(false);
    await fill(20_000, 200);
  },
);
