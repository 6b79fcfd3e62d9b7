import { expect, test, vi } from "vitest";
import { createInvoice } from "@/features/invoices/mutations/create";
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
