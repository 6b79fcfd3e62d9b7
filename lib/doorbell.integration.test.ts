import { afterEach, test as always, expect, vi } from "vitest";
import { Doorbell } from "@/lib/doorbell";
import { uuidv7 } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { prisma } from "@/tests/prisma";

// The worker's LISTEN needs a session of PostgreSQL's, which PgBouncer doesn't give it (docs/operations.md).
const test = always.skipIf(Boolean(process.env.PGBOUNCER));

type Tx = Parameters<Parameters<typeof prisma.$transaction>[0]>[0];

const open: Doorbell[] = [];
const { businessId } = await makeBusiness("Kaveri");

function doorbell(): Doorbell {
  const made = new Doorbell();
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const made of open.splice(0)) await made.close();
});

async function queue(tx: Tx, state: "QUEUED" | "DELIVERED" = "QUEUED"): Promise<string> {
  const id = uuidv7();
  await tx.message.create({
    data: {
      id,
      businessId,
      direction: "OUT",
      operation: "REQ_PAY",
      side: "BUYER",
      objectId: id,
      body: "{}",
      state,
      contentHash: "",
      nextAttemptAt: state === "QUEUED" ? new Date() : null,
    },
  });
  return id;
}

/** Whether it rings within so many milliseconds. */
async function rings(bell: Doorbell, ms: number): Promise<boolean> {
  const started = performance.now();
  await bell.wait(ms);
  return performance.now() - started < ms - 20;
}

async function asleep(bell: Doorbell): Promise<void> {
  await vi.waitUntil(async () => (await bell.listen()) === "rings", { timeout: 10_000, interval: 20 });
  await bell.wait(0);
  bell.takeCommits();
}

test("rings at the commit of a queued message, and when one is sent again", async () => {
  const bell = doorbell();
  await asleep(bell);
  const id = await queue(prisma);
  expect(await rings(bell, 3000)).toBe(true);
  const where = { businessId_id: { businessId, id } };
  await prisma.message.update({ where, data: { state: "GAVE_UP", nextAttemptAt: null, attempts: 3 } });
  expect(await rings(bell, 300)).toBe(false);
  await prisma.message.update({ where, data: { state: "QUEUED", nextAttemptAt: new Date() } });
  expect(await rings(bell, 3000)).toBe(true);
  await prisma.message.update({ where, data: { attempts: 4, nextAttemptAt: new Date() } });
  expect(await rings(bell, 300)).toBe(false);
  await prisma.message.update({ where, data: { state: "QUEUED", attemptsBefore: 4 } });
  expect(await rings(bell, 3000)).toBe(true);
  expect([bell.takeCommits(), bell.takeCommits()]).toEqual([3, 0]);
});

test("not for what rolls back or isn't queued, and not when nobody sleeps", async () => {
  const bell = doorbell();
  await asleep(bell);
  await prisma
    .$transaction(async (tx) => {
      await queue(tx);
      throw new Error("no");
    })
    .catch(() => {});
  await queue(prisma, "DELIVERED");
  expect(await rings(bell, 300)).toBe(false);
  await bell.stopListening();
  await queue(prisma);
  expect(await rings(bell, 300)).toBe(false);
});

test("nobody falls asleep past one who is about to commit without ringing", async () => {
  const bell = doorbell();
  await vi.waitUntil(async () => (await bell.listen()) !== "away", { timeout: 10_000 });
  await bell.stopListening();
  await prisma.$transaction(async (tx) => {
    await queue(tx);
    expect(await bell.listen()).toBe("not-yet");
  });
  expect(await bell.listen()).toBe("rings");
});

test("where one sleeps all are woken", async () => {
  const [one, two] = [doorbell(), doorbell()];
  await asleep(one);
  await vi.waitUntil(async () => (await two.listen()) !== "away", { timeout: 10_000 });
  expect(await two.listen()).toBe("elsewhere");
  await two.wait(0);
  await queue(prisma);
  expect(await Promise.all([rings(one, 3000), rings(two, 3000)])).toEqual([true, true]);
});

test("a connection that breaks comes back, and rings, since something may have been missed", async () => {
  const bell = doorbell();
  await asleep(bell);
  await prisma.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE application_name = 'chukta worker' AND datname = current_database()`;
  expect(await rings(bell, 3000)).toBe(true);
  expect(bell.listens).toBe(false);
  await asleep(bell);
  await queue(prisma);
  expect(await rings(bell, 3000)).toBe(true);
});
