import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import pg from "pg";
import { expect, vi } from "vitest";
import { recordAudit } from "@/features/audit/record";
import { sealBusiness } from "@/features/audit/seal";
import type { BusinessScope } from "@/features/businesses/scope";
import { transact } from "@/lib/db";

/**
 * Changes rows that are append-only, past their triggers, as only a superuser can.
 * @param rows how many they must be
 */
export async function tamper(sql: string, values: unknown[] = [], rows = 1): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.OWNERS_DATABASE_URL });
  await client.connect();
  try {
    await client.query("SET session_replication_role = replica");
    expect((await client.query(sql, values)).rowCount).toBe(rows);
  } finally {
    await client.end();
  }
}

/** `npm run audit:verify` on the test's database: its exit code, and all that it says. */
export async function auditVerify(...args: string[]): Promise<{ code: number; output: string }> {
  const program = ["--import", "tsx", "--conditions=react-server", "scripts/audit-verify.ts", ...args];
  const child = spawn(process.execPath, program, {
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [said, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, output: said + complained };
}

/** Writes one event of the business, in a transaction of its own. */
export const writeEvent = (scope: BusinessScope, subjectId: string): Promise<unknown> =>
  transact(scope, (tx) =>
    recordAudit(tx, scope, { at: new Date(), action: "test", subjectKind: "payment", subjectId, after: { subjectId } }),
  );

/**
 * Seals until so many of the business's events are sealed: other test files' databases share the server, and their transactions hold
 * the watermark back for a moment.
 */
export async function sealUntil(scope: BusinessScope, count: number): Promise<void> {
  let sealed = 0;
  await vi.waitUntil(
    async () => {
      sealed += await sealBusiness(scope.businessId);
      return sealed >= count;
    },
    { timeout: 20_000, interval: 20 },
  );
  expect(sealed).toBe(count);
}

/** Writes the events and seals them, one after another. */
export async function writeSealed(scope: BusinessScope, ...subjectIds: string[]): Promise<void> {
  for (const subjectId of subjectIds) {
    await writeEvent(scope, subjectId);
    await sealUntil(scope, 1);
  }
}
