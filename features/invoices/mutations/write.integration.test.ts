import { beforeEach, describe, expect, test } from "vitest";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { createPayment } from "@/features/payments/mutations/create";
import { paise } from "@/lib/money";
import { makeBusiness, paymentOf } from "@/tests/books";
import { actionsOn, billOf, editOf, invoiceOf, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

type Business = Awaited<ReturnType<typeof makeBusiness>>;
let buyer: Business;
let supplier: Business;

beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
});

/** The buyer's request to pay so many paise of one of its bills. */
function pay(id: string, net: number) {
  const pair = { objectId: "", number: "", payableId: id, receivableId: "" };
  return createPayment(buyer, paymentOf(supplier, [{ invoice: pair, net }]), TODAY);
}

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
    await createInvoice(supplier, billOf(buyer, { supplierInvoiceNumber: "INV-7" }), TODAY);
    await expect(
      createInvoice(supplier, billOf(buyer, { supplierInvoiceNumber: " inv - 7 " }), TODAY),
    ).rejects.toMatchObject({
      code: "CONFLICT",
      message: "INV-7 of Anvaya is there already: ₹1,000.00, due 1 Dec 2026, created.",
      fields: [{ path: "supplierInvoiceNumber" }],
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

describe("editing and cancelling", () => {
  test("changes what stands on it, with what was and what is in the audit trail", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    const edited = await editInvoice(
      supplier,
      id,
      editOf(bill, 1, { totalPaise: 80_000, dueDate: "2026-12-15" }),
      TODAY,
    );
    expect(edited).toMatchObject({ totalPaise: 80_000, duePaise: 80_000, dueDate: "2026-12-15", version: 2 });
    const event = await prisma.auditEvent.findFirstOrThrow({ where: { subjectId: id, action: "invoice.edited" } });
    expect(JSON.parse(event.before ?? "")).toMatchObject({ totalPaise: 100_000, dueDate: "2026-12-01" });
    expect(JSON.parse(event.after ?? "")).toMatchObject({ totalPaise: 80_000, dueDate: "2026-12-15" });
  });

  test("of two edits of one version the second is told", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    const edits = [80_000, 70_000].map((totalPaise) =>
      editInvoice(supplier, id, editOf(bill, 1, { totalPaise }), TODAY),
    );
    const results = await Promise.allSettled(edits);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(results.find((result) => result.status === "rejected")).toMatchObject({
      reason: { code: "CONFLICT", fields: [{ path: "version" }] },
    });
  });

  test("into another bill's number is refused by name", async () => {
    const bill = billOf(buyer);
    await createInvoice(supplier, billOf(buyer, { supplierInvoiceNumber: "TAKEN-1" }), TODAY);
    const { id } = await createInvoice(supplier, bill, TODAY);
    await expect(
      editInvoice(supplier, id, editOf(bill, 1, { supplierInvoiceNumber: "taken-1" }), TODAY),
    ).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("TAKEN-1 of Anvaya is there already"),
    });
  });

  test("a cancelled bill is out of the way: its number may be used again", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    expect(await cancelInvoice(supplier, id, TODAY)).toMatchObject({
      status: "CANCELLED",
      duePaise: 0,
      editable: false,
    });
    expect(await cancelInvoice(supplier, id, TODAY)).toMatchObject({ status: "CANCELLED", version: 2 });
    expect(await actionsOn(supplier, id)).toEqual(["invoice.created", "invoice.cancelled"]);
    await expect(editInvoice(supplier, id, editOf(bill, 2), TODAY)).rejects.toMatchObject({ code: "CONFLICT" });
    const again = billOf(buyer, { supplierInvoiceNumber: bill.supplierInvoiceNumber });
    expect(await createInvoice(supplier, again, TODAY)).toMatchObject({ replayed: false });
  });

  test("is refused while a payment waits, in words", async () => {
    const bill = billOf(supplier, { side: "payable" });
    const { id } = await createInvoice(buyer, bill, TODAY);
    await pay(id, 40_000);
    const words = expect.stringContaining("A payment of ₹400.00 waits for confirmation");
    await expect(cancelInvoice(buyer, id, TODAY)).rejects.toMatchObject({ code: "CONFLICT", message: words });
    await expect(editInvoice(buyer, id, editOf(bill, 2), TODAY)).rejects.toMatchObject({
      code: "CONFLICT",
      message: words,
    });
  });

  test("another business's invoice is not found", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    await expect(cancelInvoice(buyer, id, TODAY)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(editInvoice(buyer, id, editOf(bill, 1), TODAY)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test.each([
    [
      "an edit",
      (id: string, bill: ReturnType<typeof billOf>) =>
        editInvoice(buyer, id, editOf(bill, 1, { totalPaise: 50_000 }), TODAY),
    ],
    ["a cancellation", (id: string) => cancelInvoice(buyer, id, TODAY)],
  ])("%s against a payment of the whole bill at the same moment: exactly one goes through", async (_, change) => {
    for (let round = 0; round < 12; round++) {
      const bill = billOf(supplier, { side: "payable" });
      const { id } = await createInvoice(buyer, bill, TODAY);
      const [changed, paid] = await Promise.allSettled([change(id, bill), pay(id, 100_000)]);
      const isChanged = changed.status === "fulfilled";
      const isPaid = paid.status === "fulfilled" && paid.value.kind === "created";
      expect([isChanged, isPaid].filter(Boolean)).toHaveLength(1);
      const row = await prisma.invoice.findFirstOrThrow({ where: { businessId: buyer.businessId, id } });
      expect(row.pending).toBe(isPaid ? 100_000n : 0n);
      expect(row.total).toBe(isPaid || row.status === "CANCELLED" ? 100_000n : 50_000n);
    }
  });
});
