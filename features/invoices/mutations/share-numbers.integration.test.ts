import { beforeEach, describe, expect, test } from "vitest";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { insertCopies } from "@/features/invoices/mutations/write-copies";
import type { CreateInvoiceInput } from "@/features/invoices/schema";
import { lockPayment, movePayment } from "@/features/payments/lock";
import { createPayment } from "@/features/payments/mutations/create";
import { type Tx, transact } from "@/lib/db";
import { paymentOf } from "@/tests/books";
import { holding, someoneWaits } from "@/tests/holding";
import { actionsOn, billOf, createShared, editOf, share, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { type Business, buyer, supplier } from "@/tests/two-parties";

// Each invoice is shared by a job of its own, and jobs have no order: a number may still be another copy's when it is wanted.

/** What a business has with the others: ids, numbers, amounts and statuses. */
async function booksOf(scope: Business) {
  const rows = await prisma.invoice.findMany({ where: { businessId: scope.businessId }, orderBy: { objectId: "asc" } });
  return rows.map(({ objectId, supplierInvoiceNumber, total, status }) => ({
    objectId,
    supplierInvoiceNumber,
    total,
    status,
  }));
}

async function expectEqualBooks() {
  const books = await booksOf(buyer);
  expect(books).toEqual(await booksOf(supplier));
  return books;
}

/** The buyer pays its copy of an invoice; ends the payment as told. */
async function payCopy(objectId: string, net: number) {
  const { id } = await prisma.invoice.findFirstOrThrow({ where: { businessId: buyer.businessId, objectId } });
  const pair = { objectId, number: "", payableId: id, receivableId: "" };
  const request = paymentOf(supplier, [{ invoice: pair, net }]);
  expect(await createPayment(buyer, request, TODAY)).toMatchObject({ kind: "created" });
  return () =>
    transact(buyer, async (tx) => {
      const payment = await lockPayment(tx, buyer, "OUTGOING", request.objectId);
      if (!payment) throw new Error("no payment");
      await movePayment(tx, buyer, payment, { to: "FAILED", action: "payment.failed" }, TODAY);
    });
}

describe.each(["supplier", "buyer"] as const)("what the %s writes", (who) => {
  let writer: Business;
  let bill: (changes?: Parameters<typeof billOf>[1]) => CreateInvoiceInput;

  beforeEach(() => {
    writer = who === "supplier" ? supplier : buyer;
    const other = who === "supplier" ? buyer : supplier;
    bill = (changes) => billOf(other, { side: who === "supplier" ? "receivable" : "payable", ...changes });
  });

  /** An invoice that is cancelled, and another one under its number; neither is told yet. */
  async function writtenAnew() {
    const first = bill();
    const a = await createShared(writer, first);
    await cancelInvoice(writer, a, TODAY);
    const again = bill({ supplierInvoiceNumber: first.supplierInvoiceNumber, totalPaise: 77_000 });
    const { id: b } = await createInvoice(writer, again, TODAY);
    return { a, b };
  }

  test.each(["ab", "ba", "b"])("cancelled and written anew under its number, shared in the order %s", async (order) => {
    const ids: Record<string, string> = await writtenAnew();
    for (const name of order) await share(writer, ids[name] ?? "");
    expect((await expectEqualBooks()).map((row) => row.status).sort()).toEqual(["CANCELLED", "CREATED"]);
    expect(await actionsOn(writer, ids.b ?? "")).toEqual(["invoice.created"]);
  });

  test("cancelled and written anew under its number, both shared at once", async () => {
    for (let round = 0; round < 8; round++) {
      const { a, b } = await writtenAnew();
      await Promise.all([share(writer, b), share(writer, a), share(writer, b)]);
    }
    expect((await expectEqualBooks()).filter((row) => row.status === "CREATED")).toHaveLength(8);
  });

  /** Invoices that have passed their numbers on in a ring; none is told yet. */
  async function ringOf(count: number) {
    const bills = Array.from({ length: count }, () => bill());
    const ids: string[] = [];
    for (const each of bills) ids.push(await createShared(writer, each));
    const [first, ...others] = bills;
    if (!first) throw new Error("a ring of none");
    const renumber = (index: number, version: number, supplierInvoiceNumber: string) =>
      editInvoice(writer, ids[index] ?? "", editOf(bills[index] ?? first, version, { supplierInvoiceNumber }), TODAY);
    await renumber(0, 1, `${first.supplierInvoiceNumber}-ASIDE`);
    for (const index of others.keys()) await renumber(index + 1, 1, bills[index]?.supplierInvoiceNumber ?? "");
    await renumber(0, 2, bills.at(-1)?.supplierInvoiceNumber ?? "");
    return ids;
  }

  test.each([2, 3, 12])("%d invoices that passed their numbers on in a ring arrive by any one share", async (count) => {
    const [first = "", ...others] = await ringOf(count);
    await share(writer, first);
    const books = await expectEqualBooks();
    expect(new Set(books.map((row) => row.supplierInvoiceNumber)).size).toBe(count);
    for (const id of others) await share(writer, id);
    expect(await expectEqualBooks()).toEqual(books);
    const action = "invoice.changed-by-party";
    const { businessId } = who === "supplier" ? buyer : supplier;
    expect(await prisma.auditEvent.count({ where: { businessId, action } })).toBe(count);
  });

  test("rings that are shared all at once arrive", async () => {
    for (let round = 0; round < 6; round++) {
      const ids = await ringOf(3);
      await Promise.all([...ids, ...ids].map((id) => share(writer, id)));
      await expectEqualBooks();
    }
  });
});

test("an invoice waits for a copy under its number that a payment holds, and comes once that is free", async () => {
  const first = billOf(buyer);
  const a = await createShared(supplier, first);
  const fail = await payCopy(first.objectId, 100_000);
  await cancelInvoice(supplier, a, TODAY);
  const again = billOf(buyer, { supplierInvoiceNumber: first.supplierInvoiceNumber, totalPaise: 90_000 });
  const { id: b } = await createInvoice(supplier, again, TODAY);
  await share(supplier, b);
  await share(supplier, a);
  expect(await booksOf(buyer)).toMatchObject([{ objectId: first.objectId, status: "PAYMENT_INITIATED" }]);
  await fail();
  await share(supplier, b);
  await expectEqualBooks();
  expect(await actionsOn(supplier, b)).toEqual(["invoice.created"]);
});

test("a supplier's invoice that comes to have the number of the buyer's own bill takes that bill's place", async () => {
  const raised = billOf(buyer);
  const id = await createShared(supplier, raised);
  const byHand = billOf(supplier, { side: "payable", supplierInvoiceNumber: "BOTH-1" });
  const { id: own } = await createInvoice(buyer, byHand, TODAY);
  await editInvoice(supplier, id, editOf(raised, 1, { supplierInvoiceNumber: "BOTH-1" }), TODAY);
  await share(buyer, own);
  await share(supplier, id);
  await share(buyer, own);
  const books = await prisma.invoice.findMany({ where: { businessId: buyer.businessId, status: "CREATED" } });
  expect(books).toMatchObject([{ objectId: raised.objectId, supplierInvoiceNumber: "BOTH-1" }]);
  expect(await prisma.invoice.findMany({ where: { businessId: supplier.businessId } })).toMatchObject([
    { objectId: raised.objectId, status: "CREATED" },
  ]);
  expect(await actionsOn(buyer, own)).toEqual(["invoice.created", "invoice.cancelled-by-party"]);
});

test("a share that read an older version, and writes last, looks again", async () => {
  for (let round = 0; round < 10; round++) {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    await Promise.all([
      share(supplier, id),
      cancelInvoice(supplier, id, TODAY).then(() => share(supplier, id)),
      share(supplier, id),
    ]);
    const open = await prisma.invoice.count({ where: { objectId: bill.objectId, status: "CREATED" } });
    expect(open).toBe(0);
  }
});

test("a share that meets an older one of the same invoice in the middle looks again at once", async () => {
  const bill = billOf(buyer);
  const { id } = await createInvoice(supplier, bill, TODAY);
  const where = { businessId_id: { businessId: supplier.businessId, id } };
  const first = await prisma.invoice.findUniqueOrThrow({ where });
  await editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 70_000 }), TODAY);
  await createShared(supplier, billOf(buyer));
  const party = { b2bId: supplier.b2bId, name: supplier.name };
  const { held, release } = holding((tx) => insertCopies(tx as Tx, buyer, [first], party, TODAY));
  await held;
  const shared = share(supplier, id);
  await someoneWaits("invoice");
  release();
  await shared;
  const copy = { objectId: bill.objectId, total: 70_000n };
  expect(await booksOf(buyer)).toContainEqual(expect.objectContaining(copy));
});
