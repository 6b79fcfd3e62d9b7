import { expect, test, vi } from "vitest";
import { createInvoice } from "@/features/invoices/mutations/create";
import { uuidv7 } from "@/lib/ids";
import { addJob } from "@/lib/jobs";
import { makeBusiness } from "@/tests/books";
import { billOf } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { startWorker } from "@/worker/runtime";

test("what a worker shares bears the database's time, though this machine's clock is off by an hour", async () => {
  const buyer = await makeBusiness("Anvaya");
  const supplier = await makeBusiness("Kaveri");
  await createInvoice(supplier, billOf(buyer), new Date());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  const worker = await startWorker();
  try {
    const copy = () => prisma.invoice.findFirst({ where: { businessId: buyer.businessId } });
    await vi.waitUntil(copy, { timeout: 20_000, interval: 50 });
    const [row] = await prisma.$queryRaw<{ off: number }[]>`
      SELECT abs(extract(epoch FROM now() - created_at))::float8 AS off FROM invoice WHERE business_id = ${buyer.businessId}::uuid`;
    expect(row?.off).toBeLessThan(60);
  } finally {
    vi.useRealTimers();
    await worker.stop();
  }
});

test("a worker lets go of what is long over: refused messages, sessions, counted attempts and spent jobs", async () => {
  const userId = uuidv7();
  const [id, old] = [uuidv7(), new Date(Date.now() - 100 * 86_400_000)];
  await prisma.user.create({ data: { id: userId, name: "Asha", email: `${userId}@example.in` } });
  await prisma.session.create({ data: { id, token: id, userId, expiresAt: old } });
  await prisma.rateLimit.create({ data: { id, key: "guessed", count: 1, lastRequest: BigInt(old.getTime()) } });
  const refused = { operation: "req-pay", caller: "network", status: 422, errorCd: "", errorDtl: "", errorField: "" };
  await prisma.refusedMessage.create({ data: { ...refused, id, receivedAt: old, body: "{}" } });
  await addJob(prisma, "share-invoice", { businessId: id, invoiceId: id }, { jobKey: "spent", maxAttempts: 1 });
  await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = 1, updated_at = ${old} WHERE key = 'spent'`;
  const left = async () => [
    await prisma.session.count({ where: { id } }),
    await prisma.rateLimit.count({ where: { id } }),
    await prisma.refusedMessage.count({ where: { id } }),
    await prisma.$executeRaw`SELECT FROM graphile_worker.jobs WHERE key = 'spent'`,
  ];
  expect(await left()).toEqual([1, 1, 1, 1]);
  const worker = await startWorker();
  try {
    await vi.waitUntil(async () => (await left()).every((count) => count === 0), { timeout: 20_000, interval: 50 });
  } finally {
    await worker.stop();
  }
});
