import { createHash, randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sealAll } from "@/features/audit/seal";
import { disconnect } from "@/lib/db";
import { type Cluster, ensureDatabase, startPostgres } from "@/scripts/postgres";
import { paymentOf } from "@/tests/books";
import { MANIFEST_FILE, type Manifest, SUMS_FILE } from "./manifest";
import { restoreBackup } from "./restore";
import { takeBackup } from "./take";
import { busyPortal } from "./testing/busy-portal";
import { asBackedUp, connected, contentsOf, rowsOf } from "./testing/contents";

// One PostgreSQL that a portal works on, a backup meanwhile, and another one that has handed out far fewer transaction ids.

const source = process.env.DATABASE_URL ?? "";
const folder = mkdtempSync(join(tmpdir(), "chukta-backup-"));
let server: Cluster;
let target: string;
let portal: Awaited<ReturnType<typeof busyPortal>>;
let manifest: Manifest;
let asItWas: Map<string, string>;

beforeAll(async () => {
  server = await startPostgres({ folder: join(folder, "server"), throwaway: true });
  target = await ensureDatabase(server, "chukta");
  await rowsOf(source, "DO $$ BEGIN FOR i IN 1..3000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
  portal = await busyPortal();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("is taken in one moment, and holds up neither payments nor their sealing", async () => {
  await connected(source, async (holder) => {
    await holder.query("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    const { rows } = await holder.query("SELECT pg_export_snapshot() AS snapshot");
    let payments = 0;
    let sealed = 0;
    let done = false;
    const writing = (async () => {
      for (; !done; payments++) {
        await portal.pay();
        sealed += await sealAll();
      }
    })();
    await vi.waitUntil(() => payments > 2, { timeout: 20_000 });
    manifest = await takeBackup({ databaseUrl: source, folder: join(folder, "whole"), snapshot: rows[0].snapshot });
    // The snapshot is open until here, and what was written after it is sealed all the same.
    await vi.waitUntil(() => sealed > 3, { timeout: 20_000 });
    done = true;
    await writing;
    asItWas = await contentsOf(holder);
  });
  const now = await connected(source, contentsOf);
  expect(now.get("payment")).not.toBe(asItWas.get("payment"));
  for (const name of ["payment", "message", "audit_seal", "session", "account", "api_key", "refused_message", "jobs"])
    expect(asItWas.get(name), name).not.toBe("");
});

test("is restored into an empty server: every table, row by row, and the queue's jobs", async () => {
  await restoreBackup(join(folder, "whole"), target);
  const restored = await connected(target, contentsOf);
  expect([...restored.keys()]).toEqual([...asItWas.keys()]);
  for (const [name, rows] of asBackedUp(asItWas)) expect(restored.get(name), name).toBe(rows);
});

test("lets nobody in who is signed in by a backup of an earlier release, which had that", async () => {
  const earlier = join(folder, "earlier");
  cpSync(join(folder, "whole"), earlier, { recursive: true });
  const file = "session.csv.gz";
  const session = `${randomUUID()},${"x".repeat(32)}`;
  writeFileSync(join(earlier, file), gzipSync(`id,token\n${session}\n`));
  const tables = manifest.tables.map((one) =>
    one.name === "session" ? { ...one, columns: ["id", "token"], rows: 1 } : one,
  );
  writeFileSync(join(earlier, MANIFEST_FILE), JSON.stringify({ ...manifest, tables }));
  const sums = readFileSync(join(earlier, SUMS_FILE), "utf8").split("\n");
  const summed = sums.map((line) => {
    const name = line.split("  ")[1] ?? "";
    if (name !== file && name !== MANIFEST_FILE) return line;
    return `${createHash("sha256")
      .update(readFileSync(join(earlier, name)))
      .digest("hex")}  ${name}`;
  });
  writeFileSync(join(earlier, SUMS_FILE), summed.join("\n"));
  const another = await ensureDatabase(server, "earlier");
  await restoreBackup(earlier, another);
  const restored = await connected(another, contentsOf);
  expect([restored.get("session"), restored.get("payment")]).toEqual(["", asItWas.get("payment")]);
});

test("keeps the events in their order, below all that the new server will write", async () => {
  const order = "SELECT id::text FROM audit_event ORDER BY transaction_id, id";
  const before = (await rowsOf<{ id: string }>(source, order)).map(({ id }) => id);
  const after = (await rowsOf<{ id: string }>(target, order)).map(({ id }) => id);
  expect(after).toEqual(before.filter((id) => after.includes(id)));
  const [ids] = await rowsOf<{ highest: string; next: string }>(
    target,
    `SELECT (SELECT max(transaction_id) FROM audit_event)::text AS highest, pg_snapshot_xmax(pg_current_snapshot())::text AS next`,
  );
  expect(Number(ids?.highest)).toBeLessThan(0);
  // Without the change of ids the watermark would stand above all that the new server writes.
  expect(Number(ids?.next)).toBeLessThan(Number(manifest.transactionIdsLoweredBy));
});

test("leaves the audit trail as closed to changes as it was", async () => {
  for (const sql of ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_seal", "TRUNCATE audit_event CASCADE"])
    await expect(rowsOf(target, sql)).rejects.toThrow("append-only");
});

test("goes on working: the chains hold, the events left over are sealed, then a new payment's", async () => {
  await disconnect();
  process.env.DATABASE_URL = target;
  vi.resetModules();
  try {
    const { verifyAll } = await import("@/features/audit/verify");
    const { sealAll: sealRestored } = await import("@/features/audit/seal");
    const { createPayment } = await import("@/features/payments/mutations/create");
    const db = await import("@/lib/db");
    const unsealed = async () => (await verifyAll()).reduce((sum, chain) => sum + chain.unsealedEvents, 0);
    const broken = async () => (await verifyAll()).flatMap(({ problems }) => problems);
    expect(await broken()).toEqual([]);
    expect(await unsealed()).toBeGreaterThan(0);
    const last = await db.system.auditSeal.count({ where: { businessId: portal.buyer.businessId } });

    const request = paymentOf(portal.supplier, [{ invoice: portal.unpaid, net: 70_000 }]);
    expect(await createPayment(portal.buyer, request, new Date())).toMatchObject({ kind: "created" });
    await vi.waitUntil(async () => (await sealRestored()) >= 0 && (await unsealed()) === 0, { timeout: 20_000 });
    expect(await broken()).toEqual([]);
    const event = await db.system.auditEvent.findFirstOrThrow({ where: { subjectId: request.objectId } });
    const seals = await db.system.auditSeal.findMany({
      where: { businessId: portal.buyer.businessId, sequence: { gt: last } },
      orderBy: { sequence: "asc" },
    });
    expect(seals.flatMap(({ eventIds }) => eventIds).at(-1)).toBe(event.id);
    await db.disconnect();
  } finally {
    process.env.DATABASE_URL = source;
    vi.resetModules();
  }
});

test("can be taken of a restored portal, and restored again", async () => {
  await takeBackup({ databaseUrl: target, folder: join(folder, "second") });
  const third = await ensureDatabase(server, "third");
  await restoreBackup(join(folder, "second"), third);
  expect(await connected(third, contentsOf)).toEqual(await connected(target, contentsOf));
});

test("is the way back for a database that was copied with the transaction ids of another cluster", async () => {
  const copied = await ensureDatabase(server, "copied");
  await restoreBackup(join(folder, "second"), copied);
  for (const [table, column] of [
    ["audit_event", "transaction_id"],
    ["audit_seal", "through_transaction_id"],
  ]) {
    await rowsOf(copied, `ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await rowsOf(copied, `UPDATE ${table} SET ${column} = ${column} + 1000000000000`);
    await rowsOf(copied, `ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }
  await takeBackup({ databaseUrl: copied, folder: join(folder, "copied") });
  const mended = await ensureDatabase(server, "mended");
  await restoreBackup(join(folder, "copied"), mended);
  const [highest] = await rowsOf<{ event: string; seal: string }>(
    mended,
    `SELECT (SELECT max(transaction_id) FROM audit_event)::text AS event,
            (SELECT max(through_transaction_id) FROM audit_seal)::text AS seal`,
  );
  expect(Number(highest?.event)).toBeLessThan(0);
  expect(Number(highest?.seal)).toBeLessThanOrEqual(0);
  const order = "SELECT id::text FROM audit_event ORDER BY transaction_id, id";
  expect(await rowsOf(mended, order)).toEqual(await rowsOf(copied, order));
});
