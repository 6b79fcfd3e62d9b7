import { beforeEach, describe, expect, test } from "vitest";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { lockPayment, movePayment } from "@/features/payments/lock";
import { createPayment } from "@/features/payments/mutations/create";
import { transact } from "@/lib/db";
import { makeBusiness, paymentOf } from "@/tests/books";
import { actionsOn, billOf, createShared, editOf, invoiceOf, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { shareInvoice } from "@/worker/tasks/share-invoice";

type Business = Awaited<ReturnType<typeof makeBusiness>>;
let buyer: Business;
let supplier: Business;

beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
  await prisma.business.update({
    where: { id: supplier.businessId },
    data: { bankAccountNumber: "00112233445566", bankIfsc: "HDFC0001234", vpa: "kaveri@bank" },
  });
});

const share = (scope: Business, id: string, now = TODAY) =>
  shareInvoice({ businessId: scope.businessId, invoiceId: id }, () => now);

async function copyOf(number: string, scope = buyer) {
  const copy = await invoiceOf(scope, number);
  if (!copy) throw new Error(`${number} has no copy`);
  return copy;
}

async function payCopy(number: string, net: number) {
  const { id } = await copyOf(number);
  const pair = { objectId: "", number, payableId: id, receivableId: "" };
  const request = paymentOf(supplier, [{ invoice: pair, net }]);
  expect(await createPayment(buyer, request, TODAY)).toMatchObject({ kind: "created" });
  const end = (to: "FAILED" | "ACCEPTED") =>
    transact(buyer, async (tx) => {
      const payment = await lockPayment(tx, buyer, "OUTGOING", request.objectId);
      if (!payment) throw new Error("no payment");
      const answer = {
        supplierResponse: "ACCEPT",
        supplierRemarks: "ok",
        respondedBy: "K",
        respondedAt: TODAY,
      } as const;
      const data = to === "ACCEPTED" ? answer : {};
      await movePayment(tx, buyer, payment, { to, data, action: `payment.${to.toLowerCase()}` }, TODAY);
    });
  return { end };
}

const queued = async (scope: Business, id: string) =>
  prisma.$queryRaw<{ run_at: Date }[]>`
    SELECT run_at FROM graphile_worker.jobs WHERE key = ${`share-invoice:${scope.businessId}:${id}`}`;

describe("an invoice that its supplier raises", () => {
  test("appears in the buyer's books under the same id, with where to pay", async () => {
    const bill = billOf(buyer);
    await createShared(supplier, bill);
    const copy = await copyOf(bill.supplierInvoiceNumber);
    expect(copy).toMatchObject({
      ...{ side: "PAYABLE", objectId: bill.objectId, origin: "COUNTERPARTY", total: 100_000n, status: "CREATED" },
      ...{ counterpartyB2BId: supplier.b2bId, counterpartyName: "Kaveri", version: 1 },
    });
    expect(await actionsOn(buyer, copy.id)).toEqual(["invoice.received"]);
    const where = { businessId_b2bId: { businessId: buyer.businessId, b2bId: supplier.b2bId } };
    expect(await prisma.counterparty.findUnique({ where })).toMatchObject({
      ...{ name: "Kaveri", bankAccountNumber: "00112233445566", bankIfsc: "HDFC0001234", vpa: "kaveri@bank" },
    });
  });

  test("appears once, however often it is shared at the same time", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    await Promise.all(Array.from({ length: 8 }, () => share(supplier, id)));
    const copy = await copyOf(bill.supplierInvoiceNumber);
    expect(await prisma.invoice.count({ where: { businessId: buyer.businessId } })).toBe(1);
    expect(await actionsOn(buyer, copy.id)).toEqual(["invoice.received"]);
  });

  test("the buyer can neither edit nor cancel its copy", async () => {
    const bill = billOf(buyer);
    await createShared(supplier, bill);
    const { id } = await copyOf(bill.supplierInvoiceNumber);
    const words = "Kaveri wrote this invoice: only they can change or cancel it.";
    await expect(cancelInvoice(buyer, id, TODAY)).rejects.toMatchObject({ code: "CONFLICT", message: words });
    await expect(editInvoice(buyer, id, editOf(bill, 1, { totalPaise: 1 }), TODAY)).rejects.toMatchObject({
      message: words,
    });
  });

  test("changes and is cancelled in both books", async () => {
    const bill = billOf(buyer);
    const id = await createShared(supplier, bill);
    await editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 70_000 }), TODAY);
    await share(supplier, id);
    const copy = await copyOf(bill.supplierInvoiceNumber);
    expect(copy).toMatchObject({ total: 70_000n, version: 2, sourceVersion: 2 });
    await cancelInvoice(supplier, id, TODAY);
    await share(supplier, id);
    await share(supplier, id);
    expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject({ status: "CANCELLED", duplicateKey: null });
    expect(await actionsOn(buyer, copy.id)).toEqual([
      "invoice.received",
      "invoice.changed-by-party",
      "invoice.cancelled-by-party",
    ]);
  });

  test("ends equal on both sides when edits and shares cross", async () => {
    for (let round = 0; round < 6; round++) {
      const bill = billOf(buyer);
      const id = await createShared(supplier, bill);
      const shares: Promise<void>[] = [];
      const edits = async () => {
        for (const version of [1, 2, 3]) {
          await editInvoice(supplier, id, editOf(bill, version, { totalPaise: 90_000 - version }), TODAY);
          shares.push(share(supplier, id));
        }
      };
      await Promise.all([edits(), share(supplier, id), share(supplier, id)]);
      await Promise.all(shares);
      await share(supplier, id);
      expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject({ total: 89_997n });
    }
  });

  test("a change waits while a payment holds the copy, and is made once the payment has failed", async () => {
    const bill = billOf(buyer);
    const id = await createShared(supplier, bill);
    const payment = await payCopy(bill.supplierInvoiceNumber, 10_000);
    await editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 70_000 }), TODAY);
    const later = new Date(TODAY.getTime() + 3_600_000);
    await share(supplier, id, later);
    expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject({ total: 100_000n });
    expect((await queued(supplier, id))[0]?.run_at.getTime()).toBe(later.getTime() + 1_800_000);
    await payment.end("FAILED");
    await share(supplier, id, later);
    expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject({ total: 70_000n });
  });

  test("a cancellation is given up, with a line in the supplier's history, once the copy is paid", async () => {
    const bill = billOf(buyer);
    const id = await createShared(supplier, bill);
    const payment = await payCopy(bill.supplierInvoiceNumber, 100_000);
    await payment.end("ACCEPTED");
    await cancelInvoice(supplier, id, TODAY);
    await share(supplier, id);
    await share(supplier, id);
    expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject({ status: "PAID" });
    expect(await actionsOn(supplier, id)).toEqual(["invoice.created", "invoice.cancelled", "invoice.share-given-up"]);
  });

  test("of a party that lives elsewhere stays in the supplier's books alone", async () => {
    const bill = billOf({ b2bId: "ELSEWHERE@BCB", name: "Elsewhere" });
    await createShared(supplier, bill);
    expect(await prisma.invoice.count({ where: { objectId: bill.objectId } })).toBe(1);
  });
});

describe("a bill that its buyer writes by hand", () => {
  test("appears in the supplier's books, and brings where to pay", async () => {
    const bill = billOf(supplier, { side: "payable" });
    await createShared(buyer, bill);
    expect(await copyOf(bill.supplierInvoiceNumber, supplier)).toMatchObject({
      ...{ side: "RECEIVABLE", objectId: bill.objectId, origin: "COUNTERPARTY", counterpartyName: "Anvaya" },
    });
    const where = { businessId_b2bId: { businessId: buyer.businessId, b2bId: supplier.b2bId } };
    expect(await prisma.counterparty.findUnique({ where })).toMatchObject({ bankAccountNumber: "00112233445566" });
  });

  test("gives way to the supplier's own, and never takes its place", async () => {
    const supplierInvoiceNumber = "SAME-1";
    const byHand = billOf(supplier, { side: "payable", supplierInvoiceNumber, totalPaise: 99_000 });
    const raised = billOf(buyer, { supplierInvoiceNumber: "same-1", dueDate: "2026-12-20" });
    const [mine, theirs] = await Promise.all([
      createInvoice(buyer, byHand, TODAY),
      createInvoice(supplier, raised, TODAY),
    ]);
    await Promise.all([share(buyer, mine.id), share(supplier, theirs.id)]);
    await share(buyer, mine.id);
    const copy = await prisma.invoice.findMany({ where: { businessId: buyer.businessId } });
    expect(copy).toHaveLength(1);
    expect(copy[0]).toMatchObject({ id: mine.id, objectId: raised.objectId, origin: "COUNTERPARTY", total: 100_000n });
    const original = await prisma.invoice.findMany({ where: { businessId: supplier.businessId } });
    expect(original).toHaveLength(1);
    expect(original[0]).toMatchObject({ objectId: raised.objectId, origin: "OWN", total: 100_000n });
    expect(await actionsOn(buyer, mine.id)).toEqual(["invoice.created", "invoice.adopted"]);
  });
});

test("nobody reaches a third party's invoice by using its id", async () => {
  const bill = billOf(buyer);
  await createShared(supplier, bill);
  const stranger = await makeBusiness("Stranger");
  const forged = await createShared(stranger, billOf(buyer, { objectId: bill.objectId, totalPaise: 1 }));
  await cancelInvoice(stranger, forged, TODAY);
  await share(stranger, forged);
  expect(await prisma.invoice.findMany({ where: { businessId: buyer.businessId } })).toMatchObject([
    { counterpartyB2BId: supplier.b2bId, total: 100_000n, status: "CREATED" },
  ]);
});
