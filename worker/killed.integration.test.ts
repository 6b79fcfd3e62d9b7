import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createPayment } from "@/features/payments/mutations/create";
import { booksOf, makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { callGateway } from "@/tests/gateway";
import { TestNetwork } from "@/tests/network";
import { prisma } from "@/tests/prisma";
import { end, Workers } from "@/tests/workers";

// A real worker process, a real network, a real kill.

const network = new TestNetwork();
const workers = new Workers();
const TIMEOUT = { timeout: 60_000, interval: 50 };

beforeAll(() => network.start());
// One that outlives a failed test would do the next one's work.
afterEach(() => workers.killAll());
afterAll(() => network.stop());

const attemptsAt = (id: string) => network.arrivals.filter(({ headers }) => headers["webhook-id"] === id);

test("killed in the middle of its attempts, the next worker makes them again: nothing is lost or applied twice", async () => {
  const buyer = await makeBusiness("Anvaya");
  const supplier = await makeBusiness("Kaveri");
  const invoice = await makeInvoice(buyer, supplier, 100_000);
  const pay = () => createPayment(buyer, paymentOf(supplier, [{ invoice, net: 10_000 }]), new Date());
  const messages = () => prisma.message.findMany({ where: { direction: "OUT" }, orderBy: { id: "asc" } });
  for (let i = 0; i < 3; i++) await pay();
  const stuck = await messages();

  network.answer = () => {};
  const first = workers.start();
  await vi.waitUntil(() => network.arrivals.length === 3, TIMEOUT);
  expect(await end(first, "SIGKILL")).toEqual({ code: null, by: "SIGKILL" });
  for (const message of await messages()) {
    expect(message).toMatchObject({ state: "QUEUED", attempts: 1 });
    expect(Number(message.nextAttemptAt)).toBeGreaterThan(Date.now());
  }

  // The second worker is at work, and leaves alone what the first one's lease still holds.
  network.answer = (arrival) => network.ack(arrival);
  const second = workers.start();
  await pay();
  await vi.waitUntil(() => network.arrivals.length === 4, TIMEOUT);
  expect(stuck.map(({ id }) => attemptsAt(id).length)).toEqual([1, 1, 1]);

  // The dead worker's leases run out.
  await prisma.message.updateMany({
    where: { id: { in: stuck.map(({ id }) => id) } },
    data: { nextAttemptAt: new Date(Date.now() - 4000) },
  });
  await vi.waitUntil(async () => (await prisma.message.count({ where: { state: "DELIVERED" } })) === 4, TIMEOUT);
  expect(await end(second, "SIGTERM")).toEqual({ code: 0, by: null });

  expect(network.arrivals).toHaveLength(7);
  for (const { id, body } of stuck) {
    expect(attemptsAt(id).map((arrival) => arrival.body)).toEqual([body, body]);
    expect(await prisma.delivery.findMany({ where: { messageId: id } })).toMatchObject([
      { attempt: 2, outcome: "acked" },
    ]);
  }
  // Whatever the network makes of it, and were it to pass on every one: the supplier has each payment once.
  for (const { body } of network.arrivals) {
    const { json } = await callGateway("req-pay", { body });
    expect(json.response_code).toBe(0);
  }
  expect(await prisma.payment.count({ where: { businessId: supplier.businessId } })).toBe(4);
  expect((await booksOf(invoice)).receivable.pending).toBe(40_000);
  expect((await booksOf(invoice)).payable.pending).toBe(40_000);
}, 200_000);
