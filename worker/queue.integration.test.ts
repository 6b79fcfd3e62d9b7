import pg from "pg";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { type Queue, startQueue } from "@/worker/queue";

// A real queue, whose database goes away at the very moment in which it wants to write down how a job ended.

const lines = vi.hoisted((): Record<string, unknown>[] => []);
vi.mock("@/lib/logger", () => {
  const write = (fields: object, msg: string) => void lines.push({ ...fields, msg });
  return { logger: { debug: write, info: write, warn: write, error: write } };
});

const url = process.env.DATABASE_URL ?? "";
const name = new URL(url).pathname.slice(1);
const admin = new pg.Client({ connectionString: inject("postgresUrl") });
const ran: string[] = [];
let onRun: () => Promise<void> = async () => {};
let queue: Queue;

beforeAll(async () => {
  await admin.connect();
  const tasks = {
    "test-task": async (payload: unknown) => {
      ran.push((payload as { name: string }).name);
      await onRun();
    },
  };
  // One hand: without it nothing runs any more.
  queue = await startQueue(tasks, 1);
});
afterAll(async () => {
  await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
  await queue.stop();
  await admin.end();
});

async function add(job: string, task = "test-task"): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // The job may take the database away before this connection has ended.
  client.on("error", () => {});
  await client.connect();
  await client.query("SELECT graphile_worker.add_job($2, json_build_object('name', $1::text))", [job, task]);
  await client.end();
}

const until = (job: string) => vi.waitUntil(() => ran.includes(job), { timeout: 20_000, interval: 50 });

/** The database goes away while the job runs, so that its end can't be written down, and comes back. */
async function loseUnder(job: string, task?: string): Promise<void> {
  onRun = async () => {
    onRun = async () => {};
    await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
  };
  await add(job, task);
  await until(job);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
}

test("goes on when the database went away under a job that had just ended", async () => {
  await add("first");
  await until("first");
  await loseUnder("second");

  await add("third");
  await until("third");
  expect(ran).toEqual(["first", "second", "third"]);
  // The portal's name stands in each line already; a line with two of them is refused by whoever reads strictly.
  const completed = lines.filter(({ msg }) => String(msg).startsWith("Completed task"));
  expect(completed.length).toBeGreaterThan(0);
  for (const line of completed) expect(Object.keys(line)).toEqual(["from", "msg"]);
}, 60_000);

test("and when it went away again while an earlier job still runs", async () => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const took = async (payload: unknown) => {
    ran.push((payload as { name: string }).name);
    await onRun();
  };
  const busy = await startQueue({ "long-task": () => ended, "short-task": took }, 2);
  await add("long", "long-task");
  for (const job of ["fourth", "fifth", "sixth"]) await loseUnder(job, "short-task");
  await add("seventh", "short-task");
  await until("seventh");
  end();
  await busy.stop();
}, 90_000);

test("one that can't look for jobs when it begins hasn't begun", async () => {
  const owner = new pg.Client({ connectionString: process.env.OWNERS_DATABASE_URL });
  await owner.connect();
  const rename = (from: string, to: string) => owner.query(`ALTER TABLE graphile_worker.${from} RENAME TO ${to}`);
  await rename("_private_tasks", "away");
  await expect(startQueue({ "other-task": () => {} }, 2)).rejects.toThrow("_private_tasks");
  await rename("away", "_private_tasks");
  await owner.end();
});

test("a connection that breaks while the queue stops ends nothing else", async () => {
  for (let round = 0; round < 5; round++) {
    const stopping = await startQueue({ "other-task": () => {} }, 4);
    const ended = stopping.stop();
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'chukta queue'",
      [name],
    );
    // What nobody listens to fails this run.
    await ended;
  }
}, 30_000);
