import { afterEach, expect, test, vi } from "vitest";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { createPayment } from "@/features/payments/mutations/create";
import { makeBusiness, paymentOf } from "@/tests/books";
import { billOf, createShared, share } from "@/tests/invoices";
import { secondsUntil } from "@/tests/jobs";
import { prisma } from "@/tests/prisma";

// The queue goes by the database's clock; a portal's own may be off by minutes.

afterEach(() => vi.useRealTimers());

const MINUTE_MS = 60_000;
const clocks = { "ten minutes ahead": 10 * MINUTE_MS, "ten minutes behind": -10 * MINUTE_MS };

test.each(Object.entries(clocks))("a portal whose clock is %s: its shares run at once", async (_name, offset) => {
  vi.useFakeTimers({ now: Date.now() + offset, toFake: ["Date"] });
  const [buyer, supplier] = [await makeBusiness("Anvaya"), await makeBusiness("Kaveri")];
  const { id } = await createInvoice(supplier, billOf(buyer), new Date());
  const seconds = await secondsUntil("share-invoice", id);
  expect(seconds).toBeLessThanOrEqual(0);
  expect(seconds).toBeGreaterThan(-60);
});

test.each(Object.entries(clocks))(
  "a worker whose clock is %s: what has to wait waits as long",
  async (_name, offset) => {
    vi.useFakeTimers({ now: Date.now() + offset, toFake: ["Date"] });
    const [buyer, supplier] = [await makeBusiness("Anvaya"), await makeBusiness("Kaveri")];
    const bill = billOf(buyer);
    const id = await createShared(supplier, bill, new Date());
    const copy = await prisma.invoice.findFirstOrThrow({
      where: { objectId: bill.objectId, businessId: buyer.businessId },
    });
    const pair = { objectId: "", number: "", payableId: copy.id, receivableId: "" };
    await createPayment(buyer, paymentOf(supplier, [{ invoice: pair, net: 10_000 }]), new Date());
    await cancelInvoice(supplier, id, new Date());
    // A payment holds the copy: half a minute.
    await share(supplier, id, new Date());
    const seconds = await secondsUntil("share-invoice", id);
    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThanOrEqual(30);
  },
);
