import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { busyPortal } from "@/backup/testing/busy-portal";
import { runAt } from "@/tests/owned-database";
import { holdMigrationLock } from "./migration-lock";

// The two commands as an operator types them.

const server = inject("postgresUrl");
const name = `restored_${process.pid}_${Date.now()}`;
const target = server.replace(/\/postgres$/, `/${name}`);
const folder = mkdtempSync(join(tmpdir(), "chukta-commands-"));
const children: ChildProcess[] = [];

beforeAll(async () => {
  await runAt(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  await busyPortal();
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await runAt(server, `DROP DATABASE ${name} WITH (FORCE)`);
  rmSync(folder, { recursive: true, force: true });
});

async function run(script: string, args: string[], databaseUrl = process.env.DATABASE_URL) {
  const child = spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", script, ...args], {
    env: { ...process.env, NODE_OPTIONS: "", DATABASE_URL: databaseUrl, AUTH_SECRET: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, out, err: err.trim() };
}

test("a backup, checked by anyone's sha256sum, restored, and its audit chains verified", async () => {
  const to = join(folder, "whole");
  const taken = await run("scripts/backup.ts", ["--to", to]);
  expect(taken).toMatchObject({ code: 0, err: "" });
  expect(taken.out).toMatch(/^The database: \d+ rows of \d+ tables in [\d.]+ s\n/);
  const sums = spawnSync("sha256sum", ["-c", "SHA256SUMS", "--quiet"], { cwd: to, encoding: "utf8" });
  if (!sums.error) expect([sums.status, sums.stdout]).toEqual([0, ""]);

  const restored = await run("scripts/restore.ts", [to], target);
  expect(restored).toMatchObject({ code: 0, err: "" });
  expect(restored.out).toMatch(/rows of \d+ tables\n(.*holds.*\n)+\d+ audit chains hold\n$/);

  const again = await run("scripts/restore.ts", [to], target);
  expect([again.code, again.out]).toEqual([1, ""]);
  expect(again.err).toMatch(/^The database is not empty .*\.$/);
});

test("one business, by its B2B ID; what can't be done is said in one line", async () => {
  const [business] = await runAt<{ b2b_id: string }>(
    process.env.DATABASE_URL ?? "",
    "SELECT b2b_id FROM business LIMIT 1",
  );
  const taken = await run("scripts/backup.ts", ["--business", business?.b2b_id ?? "", "--to", join(folder, "one")]);
  expect(taken.out).toMatch(/^\w+ Private Limited: \d+ rows/);
  expect(await run("scripts/backup.ts", ["--business", "nobody", "--to", join(folder, "none")])).toEqual({
    code: 1,
    out: "",
    err: "There is no business nobody: `npm run admin -- list` names them all.",
  });
  expect((await run("scripts/restore.ts", [])).out).toContain("npm run restore -- <folder>");
});

test("asked to end, it leaves nothing of what it had begun", async () => {
  const holder = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await holder.connect();
  await holdMigrationLock(holder, "alone");
  const to = join(folder, "broken-off");
  const taking = run("scripts/backup.ts", ["--to", to]);
  await vi.waitUntil(() => existsSync(`${to}.partial`), { timeout: 20_000 });
  children.at(-1)?.kill("SIGTERM");
  expect((await taking).code).toBe(130);
  expect(readdirSync(folder).filter((name) => name.startsWith("broken-off"))).toEqual([]);
  await holder.end();
});
