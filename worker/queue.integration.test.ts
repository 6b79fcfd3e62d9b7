import pg from "pg";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { type Queue, startQueue } from "@/worker/queue";

// A real queue, whose database goes away at the very moment in which it wants to write down how a job ended.

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

async function add(job: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SELECT graphile_worker.add_job('test-task', json_build_object('name', $1::text))", [job]);
  await client.end();
}

const until = (job: string) => vi.waitUntil(() => ran.includes(job), { timeout: 20_000, interval: 50 });

test("goes on when the database went away under a job that had just ended", async () => {
  await add("first");
  await until("first");

  onRun = async () => {
    await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
  };
  await add("second");
  await until("second");
  onRun = async () => {};
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);

  await add("third");
  await until("third");
  expect(ran).toEqual(["first", "second", "third"]);
}, 60_000);

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
