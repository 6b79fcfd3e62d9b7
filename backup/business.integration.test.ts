import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { belongingsOf } from "./belongings";
import { readTables } from "./catalog";
import { restoreBackup } from "./restore";
import { takeBackup } from "./take";
import { busyPortal } from "./testing/busy-portal";
import { connected, contentsOf, rowsOf } from "./testing/contents";

// A business that leaves takes all that is its own, and nothing of another's.

const source = process.env.DATABASE_URL ?? "";
const server = inject("postgresUrl");
const database = `leaving_${process.pid}_${Date.now()}`;
const target = server.replace(/\/postgres$/, `/${database}`);
const folder = mkdtempSync(join(tmpdir(), "chukta-leaving-"));
const own = join(folder, "own");
let portal: Awaited<ReturnType<typeof busyPortal>>;
let text: string;

beforeAll(async () => {
  await rowsOf(server, `CREATE DATABASE ${database} TEMPLATE template0`);
  portal = await busyPortal();
  await takeBackup({ databaseUrl: source, folder: own, business: portal.buyer.b2bId });
  text = readdirSync(own)
    .map((file) => readFileSync(join(own, file), "utf8"))
    .join("\n");
});
afterAll(async () => {
  await rowsOf(server, `DROP DATABASE ${database} WITH (FORCE)`);
  rmSync(folder, { recursive: true, force: true });
});

test("holds every row of its own, as CSV that anyone can read", async () => {
  const { businessId } = portal.buyer;
  await restoreBackup(own, target);
  const restored = await connected(target, contentsOf);
  const tables = (await connected(source, readTables)).filter(({ columns }) => columns.includes("business_id"));
  expect(tables.length).toBeGreaterThan(8);
  for (const { name } of tables) {
    const rows = await rowsOf<{ line: string }>(
      source,
      `SELECT (to_jsonb(t) - 'transaction_id' - 'through_transaction_id')::text AS line FROM "${name}" t WHERE business_id = $1`,
      [businessId],
    );
    expect(restored.get(name), name).toBe(
      rows
        .map(({ line }) => line)
        .sort()
        .join("\n"),
    );
  }
  expect(await rowsOf(target, "SELECT id, name FROM app_user")).toEqual([{ id: portal.owner.id, name: "Asha Rao" }]);
  expect(await rowsOf(target, "SELECT id FROM business")).toEqual([{ id: businessId }]);
  expect(readFileSync(join(own, "payment.csv"), "utf8")).toMatch(/^business_id,object_id,side,counterparty_b2b_id/);
});

test("holds nothing of another's, and no password, session or second factor", async () => {
  expect(text).toContain(portal.owner.email);
  expect(text).not.toContain(portal.supplier.businessId);
  expect(text).not.toContain(portal.stranger.email);
  expect(readdirSync(own)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(account|session|refused)/)]));
  const secrets = await rowsOf<{ secret: string }>(
    source,
    "SELECT token AS secret FROM session UNION ALL SELECT password FROM account",
  );
  expect(secrets.length).toBeGreaterThan(1);
  for (const { secret } of secrets) expect(text).not.toContain(secret);
});

test("a new table is somebody's before it can be taken along or left behind", () => {
  const table = (name: string, ...columns: string[]) => ({ name, columns, parents: [] });
  expect(belongingsOf("x", [table("new", "business_id", "id")])).toHaveLength(1);
  expect(() => belongingsOf("x", [table("new", "id")])).toThrow(/Is table "new" a business's own/);
});
