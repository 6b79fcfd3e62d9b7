import { describe, expect, test } from "vitest";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { paise } from "@/lib/money";
import { actionsOn, billOf, editOf, invoiceOf, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { type Business, buyer, supplier } from "@/tests/two-parties";

const count = (scope: Business) => prisma.invoice.count({ where: { businessId: scope.businessId } });

describe("writing a bill down", () => {
  test("keeps it with its audit line, its party and the job that shares it", async () => {
    const bill = billOf(buyer);
    const { id, replayed } = await createInvoice(supplier, bill, TODAY);
    expect(replayed).toBe(false);
    const row = await invoiceOf(supplier, bill.supplierInvoiceNumber);
    expect(row).toMatchObject({ id, side: "RECEIVABLE", total: 100_000n, status: "CREATED", origin: "OWN" });
    expect(row?.counterpartyName).toBe("Anvaya");
    expect(await actionsOn(supplier, id)).toEqual(["invoice.created"]);
    const jobs = await prisma.$queryRaw<{ key: string; max_attempts: number }[]>`
      SELECT key, max_attempts FROM graphile_worker.jobs WHERE key = ${`share-invoice:${supplier.businessId}:${id}`}`;
    expect(jobs).toEqual([{ key: `share-invoice:${supplier.businessId}:${id}`, max_attempts: 25 }]);
  });

  test("again with the same id and content changes nothing, also after it was edited", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    expect(await createInvoice(supplier, bill, TODAY)).toEqual({ id, replayed: true });
    await editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 90_000 }), TODAY);
    expect(await createInvoice(supplier, bill, TODAY)).toEqual({ id, replayed: true });
    expect(await count(supplier)).toBe(1);
  });

  test("with the same id and other content is refused", async () => {
    const bill = billOf(buyer);
    await createInvoice(supplier, bill, TODAY);
    await expect(createInvoice(supplier, { ...bill, totalPaise: paise(5) }, TODAY)).rejects.toMatchObject({
      code: "CONFLICT",
      fields: [{ path: "objectId", code: "DUPLICATE_CONFLICT" }],
    });
  });

  test("the same paper bill twice is refused by name, however its number is typed", async () => {
    const { id } = await createInvoice(supplier, billOf(buyer, { supplierInvoiceNumber: "INV-7" }), TODAY);
    await expect(
      createInvoice(supplier, billOf(buyer, { supplierInvoiceNumber: " inv - 7 " }), TODAY),
    ).rejects.toMatchObject({
      code: "CONFLICT",
      message: "INV-7 of Anvaya is there already: ₹1,000.00, due 1 Dec 2026, unpaid.",
      fields: [{ path: "supplierInvoiceNumber", code: "DUPLICATE_INVOICE", invoiceId: id }],
    });
  });

  test("the same number of another financial year is another bill", async () => {
    await createInvoice(supplier, billOf(buyer, { supplierInvoiceNumber: "INV-7" }), TODAY);
    const older = billOf(buyer, { supplierInvoiceNumber: "INV-7", issueDate: "2026-03-01" });
    expect(await createInvoice(supplier, older, TODAY)).toMatchObject({ replayed: false });
  });

  test("to oneself is refused", async () => {
    await expect(createInvoice(supplier, billOf(supplier), TODAY)).rejects.toMatchObject({
      code: "INVALID",
      fields: [{ path: "counterparty.b2bId" }],
    });
  });

  test("of two people who write the same bill at once one is told", async () => {
    const bills = [billOf(buyer, { supplierInvoiceNumber: "X-1" }), billOf(buyer, { supplierInvoiceNumber: "x-1" })];
    const results = await Promise.allSettled(bills.map((bill) => createInvoice(supplier, bill, TODAY)));
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await count(supplier)).toBe(1);
  });

  test("a double click writes it down once", async () => {
    const bill = billOf(buyer);
    const results = await Promise.all(Array.from({ length: 8 }, () => createInvoice(supplier, bill, TODAY)));
    expect(new Set(results.map((result) => result.id)).size).toBe(1);
    expect(results.filter((result) => !result.replayed)).toHaveLength(1);
  });

  test("never overwrites where a party is paid, only fills it in", async () => {
    const at = (account: object) => ({ b2bId: "PIPES@BCB", name: "Pipes", ...account });
    const party = { b2bId: "PIPES@BCB", name: "Pipes" };
    const own = { side: "payable" } as const;
    await createInvoice(buyer, { ...billOf(party, own), counterparty: at({ vpa: "pipes@bank" }) } as never, TODAY);
    const first = { bankAccountNumber: "00112233", bankIfsc: "HDFC0001234" };
    await createInvoice(buyer, { ...billOf(party, own), counterparty: at(first) } as never, TODAY);
    const foreign = { bankAccountNumber: "99999999", bankIfsc: "ICIC0009999", vpa: "thief@bank" };
    await createInvoice(buyer, { ...billOf(party, own), counterparty: at(foreign) } as never, TODAY);
    const where = { businessId_b2bId: { businessId: buyer.businessId, b2bId: "PIPES@BCB" } };
    expect(await prisma.counterparty.findUnique({ where })).toMatchObject({ ...first, vpa: "pipes@bank" });
  });
});
