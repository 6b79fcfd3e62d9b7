import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { enqueueMessage } from "@/features/messages/mutations/enqueue";
import { transact } from "@/lib/db";
import { systemClock } from "@/lib/time";
import { makeBusiness } from "@/tests/books";
import { TestNetwork } from "@/tests/network";
import { prisma } from "@/tests/prisma";
import { end, Workers } from "@/tests/workers";
import { startDelivery } from "@/worker/delivery";

const network = new TestNetwork();
const workers = new Workers();
const TIMEOUT = { timeout: 60_000, interval: 20 };
let supplier: BusinessScope;

beforeAll(async () => {
  await network.start();
  supplier = await makeBusiness("Kaveri");
});
beforeEach(() => network.reset());
// One that outlives a failed test would do the next one's work.
afterEach(() => workers.killAll());
afterAll(() => network.stop());

const enqueue = (objectId: string, revision = 0, scope = supplier) =>
  transact(scope, (tx) => {
    const message = { operation: "REQ_PAY_CONFIRMATION", side: "SUPPLIER", objectId, revision } as const;
    return enqueueMessage(tx, scope, { ...message, content: { objectId, revision } }, new Date());
  });

const messages = (scope = supplier) =>
  prisma.message.findMany({ where: { businessId: scope.businessId }, include: { deliveries: true } });

/** Ends the leases of those who died, which would take 45 seconds. */
const endLeases = () =>
  prisma.message.updateMany({
    where: { state: "QUEUED", attempts: { gt: 0 }, nextAttemptAt: { gt: new Date(Date.now() + 10_000) } },
    data: { nextAttemptAt: new Date() },
  });

/** Cuts every connection to this test's database but its own. */
const cutConnections = () =>
  prisma.$queryRaw`
    SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'chukta%'`;

test("a worker that sleeps sends a message as it is committed, and not when it looks the next time", async () => {
  const delivery = startDelivery(systemClock);
  await enqueue("PMT-first");
  await vi.waitUntil(() => network.arrivals.length === 1, TIMEOUT);
  const took: number[] = [];
  for (let i = 0; i < 15; i++) {
    await new Promise((resolve) => setTimeout(resolve, 60 * (i % 3)));
    const before = network.arrivals.length;
    await enqueue(`PMT-single-${i}`);
    const committed = performance.now();
    await vi.waitUntil(() => network.arrivals.length > before, { ...TIMEOUT, interval: 1 });
    took.push(performance.now() - committed);
  }
  // It looks twice a second by itself: 250 ms would be the middle then.
  expect(took.sort((a, b) => a - b)[7]).toBeLessThan(100);
  await delivery.stop();
  expect((await messages()).map(({ state }) => state)).toEqual(Array(16).fill("DELIVERED"));
});

test("what came of an attempt is kept while the database is away, and written down when it is back: nothing is sent again", async () => {
  const scope = await makeBusiness("Narmada");
  const database = new URL(String(process.env.DATABASE_URL)).pathname.slice(1);
  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  const goAway = async () => {
    await admin.query(`ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS false`);
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [database]);
  };
  network.answer = (arrival) => void goAway().then(() => network.ack(arrival));
  const delivery = startDelivery(systemClock);
  try {
    await enqueue("PMT-away", 0, scope);
    await vi.waitUntil(() => network.arrivals.length === 1, TIMEOUT);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  } finally {
    await admin.query(`ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS true`);
    await admin.end();
  }
  const read = () => messages(scope).catch(() => []);
  await vi.waitUntil(async () => (await read())[0]?.state === "DELIVERED", { ...TIMEOUT, interval: 100 });
  expect(await messages(scope)).toMatchObject([{ attempts: 1, deliveries: [{ attempt: 1, outcome: "acked" }] }]);
  expect(network.arrivals).toHaveLength(1);
  await delivery.stop();
});

test("two workers, one killed, connections cut: all arrive, a payment's in order, each is settled once", async () => {
  const scope = await makeBusiness("Anvaya");
  for (let payment = 0; payment < 60; payment++)
    for (let revision = 0; revision < 4; revision++) await enqueue(`PMT-many-${payment}`, revision, scope);
  const [killed, other] = [workers.start(), workers.start()];
  // Nobody gets an answer before both are at work: one alone might be through by then, and one that is cut as it starts ends.
  const bothAreUp = Promise.all([workers.running(killed), workers.running(other)]);
  network.answer = (arrival) => void bothAreUp.then(() => setTimeout(() => network.ack(arrival), 20));
  await bothAreUp;
  const arrived = (count: number) => vi.waitUntil(() => network.arrivals.length >= count, TIMEOUT);
  await arrived(40);
  await cutConnections();
  await arrived(90);
  await end(killed, "SIGKILL");
  await arrived(120);
  await cutConnections();
  await vi.waitUntil(
    async () => {
      await endLeases();
      return (await prisma.message.count({ where: { businessId: scope.businessId, state: "QUEUED" } })) === 0;
    },
    { ...TIMEOUT, interval: 200 },
  );

  expect(await end(other, "SIGTERM")).toEqual({ code: 0, by: null });
  const all = await messages(scope);
  const firstOf = new Map<string, number>();
  for (const [place, { headers }] of network.arrivals.entries()) {
    const id = String(headers["webhook-id"]);
    if (!firstOf.has(id)) firstOf.set(id, place);
  }
  expect(all).toHaveLength(240);
  for (const message of all) {
    expect(message).toMatchObject({ state: "DELIVERED", reqMsgId: expect.any(String), nextAttemptAt: null });
    expect(message.deliveries.length).toBeGreaterThanOrEqual(1);
    expect(message.deliveries.length).toBeLessThanOrEqual(message.attempts);
    const next = all.find(
      ({ objectId, revision }) => objectId === message.objectId && revision === message.revision + 1,
    );
    if (next) expect(firstOf.get(message.id)).toBeLessThan(firstOf.get(next.id) ?? -1);
  }
}, 150_000);

test("a worker that was stopped for longer than its lease changes nothing when it goes on", async () => {
  const scope = await makeBusiness("Indus");
  const { id } = await enqueue("PMT-stopped", 0, scope);
  const release: (() => void)[] = [];
  network.answer = (arrival) => void release.push(() => network.ack(arrival, "REQ-LATE"));
  const stopped = workers.start();
  await vi.waitUntil(() => release.length === 1, TIMEOUT);
  stopped.kill("SIGSTOP");
  release[0]?.();

  network.answer = (arrival) => network.ack(arrival, "REQ-FIRST");
  const other = workers.start();
  await endLeases();
  const settled = () => messages(scope).then(([message]) => message);
  await vi.waitUntil(async () => (await settled())?.state === "DELIVERED", TIMEOUT);
  const before = await settled();
  stopped.kill("SIGCONT");
  await vi.waitUntil(async () => (await settled())?.deliveries.length === 2, TIMEOUT);
  expect(await settled()).toEqual({ ...before, deliveries: expect.anything() });
  expect(before).toMatchObject({ id, attempts: 2, reqMsgId: "REQ-FIRST" });
  expect(await end(stopped, "SIGTERM")).toEqual({ code: 0, by: null });
  expect(await end(other, "SIGTERM")).toEqual({ code: 0, by: null });
}, 150_000);

test("a worker that is to end breaks off what hangs in time, and says so", async () => {
  const scope = await makeBusiness("Ganga");
  await enqueue("PMT-hanging", 0, scope);
  network.answer = () => {};
  const worker = workers.start();
  await vi.waitUntil(() => network.arrivals.length === 1, TIMEOUT);
  const began = performance.now();
  expect(await end(worker, "SIGTERM")).toEqual({ code: 0, by: null });
  expect(performance.now() - began).toBeLessThan(10_000);
  const [message] = await messages(scope);
  expect(message).toMatchObject({ state: "QUEUED", attempts: 1, lastError: expect.stringContaining("stopping") });
}, 90_000);
