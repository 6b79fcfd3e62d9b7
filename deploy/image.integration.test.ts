import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { parse } from "yaml";
import { system } from "@/lib/db";
import { ROOT } from "@/scripts/environment";
import { findFreePort } from "@/scripts/ports";
import { TestNetwork } from "@/tests/network";
import { makeOwnedDatabase, type OwnedDatabase, runAt } from "@/tests/owned-database";
import { paidTrade } from "@/tests/trade";
import { imagePaths } from "./testing/image";

/*
 * A folder with the files that the image has and no others, and in it the commands of compose.yaml. What it can't show without
 * Docker: the base image, the packages as `npm ci` installs them there, and the containers' networks.
 */

const folder = mkdtempSync(join(tmpdir(), "chukta-image-"));
const network = new TestNetwork();
const children: ChildProcess[] = [];
let database: OwnedDatabase;

const { services } = parse(readFileSync(join(ROOT, "compose.yaml"), "utf8"), { merge: true });

beforeAll(async () => {
  for (const path of imagePaths())
    if (existsSync(join(ROOT, path)))
      cpSync(join(ROOT, path), join(folder, path), { recursive: true, filter: (file) => !/\.test\.tsx?$/.test(file) });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  database = await makeOwnedDatabase(inject("postgresUrl"), `image_${process.pid}`, { migrated: false });
  await network.start();
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await network.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** One of compose.yaml's commands, with settings of one's own and nothing else in its environment. */
function run(command: string[], settings: Record<string, string>): ChildProcess {
  const [, ...args] = command;
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

const settingsFor = (databaseUrl: string, metricsPort: number) => ({
  DATABASE_URL: databaseUrl,
  PUBLIC_URL: "https://pay.example.in",
  AUTH_SECRET: "of-one-test-run-".repeat(3),
  NETWORK_URL: network.url,
  NETWORK_SIGNING_SECRETS: `whsec_${Buffer.alloc(32, 1).toString("base64")}`,
  METRICS_PORT: String(metricsPort),
});

const isHealthy = async (url: string) => (await once(run(["node", "deploy/healthy.mjs", url], {}), "exit"))[0] === 0;

test("migrates an empty database whose owner is no superuser, and a second time finds nothing to do", async () => {
  for (const expected of [/Applied 2026\d+_tables/, /up to date/]) {
    const child = run(services.migrate.command, settingsFor(database.url(), 0));
    const [said, errors] = await Promise.all([
      text(child.stdout as never),
      text(child.stderr as never),
      once(child, "exit"),
    ]);
    expect(errors).toBe("");
    expect(said).toMatch(expected);
  }
  expect(await runAt(database.url(), "SELECT 1 FROM message")).toEqual([]);
}, 60_000);

test("without containers the same command finds the database in .env, as all others do", async () => {
  const settings = join(folder, ".env");
  writeFileSync(settings, `DATABASE_URL=${database.url()}\n`);
  const child = run(services.migrate.command, {});
  const [said, [code]] = await Promise.all([text(child.stdout as never), once(child, "exit")]);
  rmSync(settings);
  expect([code, said]).toEqual([0, "The database is up to date.\n"]);
}, 30_000);

test("its worker is healthy, sends, and on SIGTERM finishes what it has begun before it leaves, within ten seconds", async () => {
  const port = await findFreePort();
  const metrics = `http://127.0.0.1:${port}/metrics`;
  expect(await isHealthy(metrics)).toBe(false);
  const worker = run(services.worker.command, settingsFor(process.env.DATABASE_URL ?? "", port));
  const log = text(worker.stdout as never);
  await vi.waitUntil(() => isHealthy(metrics), { timeout: 30_000, interval: 200 });
  expect(await (await fetch(metrics)).text()).toMatch(/^chukta_messages_queued \d/m);

  // The network takes a while to answer, and meanwhile the worker is asked to leave.
  network.answer = (arrival) => setTimeout(() => network.ack(arrival), 1_500);
  const { request } = await paidTrade();
  await vi.waitUntil(() => network.arrivals.length === 1, { timeout: 20_000 });
  const askedAt = Date.now();
  worker.kill("SIGTERM");
  const { request: later } = await paidTrade();
  expect(await once(worker, "exit")).toEqual([0, null]);
  expect(Date.now() - askedAt).toBeLessThan(10_000);
  const stateOf = async (objectId: string) =>
    (await system.message.findFirstOrThrow({ where: { objectId, direction: "OUT" } })).state;
  expect(await stateOf(request.objectId)).toBe("DELIVERED");
  expect([await stateOf(later.objectId), network.arrivals.length]).toEqual(["QUEUED", 1]);

  const lines = (await log)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(["the worker is running", "a message was delivered", "the worker is stopping"]),
  );
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
}, 90_000);
