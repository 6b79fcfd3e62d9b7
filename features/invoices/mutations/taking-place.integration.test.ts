import { describe, expect, test } from "vitest";
import { getInvoice } from "@/features/invoices/data";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import type { ReqPay } from "@/features/protocol/schema";
import { paise } from "@/lib/money";
import { callGateway, refusalIn } from "@/tests/gateway";
import { actionsOn, billOf, createShared, editOf, invoiceOf, payBill, share, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { FAILURE, respPayOf } from "@/tests/trade";
import { type Business, buyer, supplier } from "@/tests/two-parties";

/** The buyer's payment of so many paise of one of its bills, as it goes to the network. */
async function sendPayment(id: string, net: number): Promise<{ request: ReqPay }> {
  await payBill(buyer, supplier, id, net);
  const where = { businessId: buyer.businessId, direction: "OUT", operation: "REQ_PAY" } as const;
  const { body } = await prisma.message.findFirstOrThrow({ where, orderBy: { createdAt: "desc" } });
  return { request: JSON.parse(body) };
}

/** Why the supplier's shares of an invoice were given up. */
async function givenUp(subjectId: string): Promise<string[]> {
  const where = { businessId: supplier.businessId, subjectId, action: "invoice.share-given-up" };
  return (await prisma.auditEvent.findMany({ where })).map(({ after }) => JSON.parse(after ?? "").reason);
}

const count = (scope: Business) => prisma.invoice.count({ where: { businessId: scope.businessId } });

describe("an invoice that its supplier raises after the buyer wrote it down", () => {
  const byHand = (changes = {}) =>
    billOf(supplier, { side: "payable", supplierInvoiceNumber: "KM-77", totalPaise: 100, ...changes });
  const raised = (changes = {}) =>
    billOf(buyer, { supplierInvoiceNumber: "km-77", totalPaise: 10_000_000, ...changes });

  test("takes its place in both books, whatever the buyer had typed", async () => {
    const typed = byHand();
    const bill = await createShared(buyer, typed);
    const copy = await invoiceOf(supplier, "KM-77");
    const input = raised();
    const { id, replayed } = await createInvoice(supplier, input, TODAY);
    expect({ id, replayed }).toEqual({ id: copy?.id, replayed: false });
    expect(await createInvoice(supplier, input, TODAY)).toEqual({ id, replayed: true });
    await expect(createInvoice(supplier, { ...input, totalPaise: paise(5) }, TODAY)).rejects.toMatchObject({
      fields: [{ path: "objectId", code: "DUPLICATE_CONFLICT" }],
    });
    await share(supplier, id);
    await share(buyer, bill);
    const books = { objectId: input.objectId, supplierInvoiceNumber: "km-77", total: 10_000_000n, status: "CREATED" };
    const find = ({ businessId }: Business) => prisma.invoice.findMany({ where: { businessId } });
    expect(await find(supplier)).toMatchObject([{ ...books, id, origin: "OWN", sourceVersion: null }]);
    expect(await find(buyer)).toMatchObject([{ ...books, id: bill, origin: "COUNTERPARTY" }]);
    expect(await actionsOn(supplier, id)).toEqual(["invoice.received", "invoice.created"]);
    expect((await getInvoice(supplier, id)).history.at(-1)?.words).toBe(
      "Written down here, in place of what Anvaya had written: number from “KM-77” to “km-77”, amount from ₹1.00 to ₹1,00,000.00",
    );
    await editInvoice(supplier, id, editOf(input, 2, { totalPaise: 9_000_000 }), TODAY);
    await share(supplier, id);
    expect(await find(buyer)).toMatchObject([{ total: 9_000_000n, id: bill }]);
  });

  test("the buyer's own request again is a repetition, also once its bill has the supplier's number and id", async () => {
    const typed = byHand();
    const bill = await createShared(buyer, typed);
    const input = raised();
    const { id } = await createInvoice(supplier, input, TODAY);
    await share(supplier, id);
    expect(await createInvoice(buyer, typed, TODAY)).toEqual({ id: bill, replayed: true });
    await editInvoice(supplier, id, editOf(input, 2, { supplierInvoiceNumber: "KM-78" }), TODAY);
    await share(supplier, id);
    expect(await createInvoice(buyer, typed, TODAY)).toEqual({ id: bill, replayed: true });
    await expect(createInvoice(buyer, { ...typed, totalPaise: paise(5) }, TODAY)).rejects.toMatchObject({
      fields: [{ path: "objectId", code: "DUPLICATE_CONFLICT" }],
    });
    expect(await count(buyer)).toBe(1);
  });

  test("takes its place under the id that the copy has, too", async () => {
    const bill = await createShared(buyer, byHand({ objectId: "INV-2026-1" }));
    const input = raised({ objectId: "INV-2026-1" });
    const { id } = await createInvoice(supplier, input, TODAY);
    expect(await createInvoice(supplier, input, TODAY)).toEqual({ id, replayed: true });
    await share(supplier, id);
    await share(buyer, bill);
    for (const [{ businessId }, origin] of [
      [buyer, "COUNTERPARTY"],
      [supplier, "OWN"],
    ] as const)
      expect(await prisma.invoice.findMany({ where: { businessId } })).toMatchObject([
        { objectId: "INV-2026-1", total: 10_000_000n, status: "CREATED", origin },
      ]);
  });

  test("follows into the buyer's books also when it is renumbered or cancelled before they heard of it", async () => {
    const bill = await createShared(buyer, byHand());
    const input = raised();
    const { id } = await createInvoice(supplier, input, TODAY);
    await editInvoice(supplier, id, editOf(input, 2, { supplierInvoiceNumber: "KM-78" }), TODAY);
    await share(supplier, id);
    const find = () => prisma.invoice.findMany({ where: { businessId: buyer.businessId } });
    expect(await find()).toMatchObject([{ id: bill, objectId: input.objectId, supplierInvoiceNumber: "KM-78" }]);

    const second = await createShared(buyer, byHand());
    const again = await createInvoice(supplier, raised(), TODAY);
    await cancelInvoice(supplier, again.id, TODAY);
    await share(supplier, again.id);
    expect((await find()).find((row) => row.id === second)).toMatchObject({ status: "CANCELLED" });
  });

  test("takes the number of another bill of the buyer's own with it", async () => {
    const bill = await createShared(buyer, byHand());
    const input = raised();
    const { id } = await createInvoice(supplier, input, TODAY);
    const { id: other } = await createInvoice(buyer, byHand({ supplierInvoiceNumber: "KM-80" }), TODAY);
    await editInvoice(supplier, id, editOf(input, 2, { supplierInvoiceNumber: "KM-80" }), TODAY);
    for (const [scope, invoice] of [
      [buyer, other],
      [supplier, id],
      [buyer, other],
      [buyer, bill],
    ] as const)
      await share(scope, invoice);
    const open = ({ businessId }: Business) => prisma.invoice.findMany({ where: { businessId, status: "CREATED" } });
    const books = { objectId: input.objectId, supplierInvoiceNumber: "KM-80", total: 10_000_000n };
    expect(await open(supplier)).toMatchObject([{ ...books, id }]);
    expect(await open(buyer)).toMatchObject([{ ...books, id: bill }]);
  });

  test("of two clicks one takes its place", async () => {
    for (let round = 0; round < 6; round++) {
      await createShared(buyer, byHand({ supplierInvoiceNumber: `KM-${round}` }));
      const input = raised({ supplierInvoiceNumber: `KM-${round}` });
      const results = await Promise.all(Array.from({ length: 4 }, () => createInvoice(supplier, input, TODAY)));
      expect(new Set(results.map((result) => result.id)).size).toBe(1);
      expect(results.filter((result) => !result.replayed)).toHaveLength(1);
    }
  });

  test("is refused in words once a payment is on it", async () => {
    const id = await createShared(buyer, byHand());
    const { request } = await sendPayment(id, 40);
    expect(refusalIn(await callGateway("req-pay", { body: request }))).toBeNull();
    await expect(createInvoice(supplier, raised(), TODAY)).rejects.toMatchObject({
      code: "CONFLICT",
      message:
        "Anvaya wrote KM-77 down already, and a payment of ₹0.40 on it waits for your answer. Answer it first; once it is rejected, yours can take its place.",
      fields: [{ path: "supplierInvoiceNumber", code: "DUPLICATE_INVOICE", invoiceId: expect.any(String) }],
    });
    await prisma.invoice.updateMany({
      where: { businessId: supplier.businessId },
      data: { paid: 40, pending: 0, status: "PART_PAID" },
    });
    await expect(createInvoice(supplier, raised(), TODAY)).rejects.toMatchObject({
      message: "Anvaya wrote KM-77 down already, and ₹0.40 of it is paid: it stays as it is.",
    });
  });

  test("the buyer's refused payment of the old bill leaves both books alike", async () => {
    const bill = await createShared(buyer, byHand());
    const { request } = await sendPayment(bill, 40);
    const { id } = await createInvoice(supplier, raised(), TODAY);
    await share(supplier, id);
    expect(refusalIn(await callGateway("req-pay", { body: request }))?.code).toBe("INVOICE_NOT_FOUND");
    await callGateway("resp-pay", { body: respPayOf(request, FAILURE) });
    await share(supplier, id);
    await share(buyer, bill);
    const books = { total: 10_000_000n, paid: 0n, pending: 0n, status: "CREATED" };
    for (const { businessId } of [buyer, supplier])
      expect(await prisma.invoice.findMany({ where: { businessId } })).toMatchObject([books]);
  });

  test("leaves no copy of the buyer's bill behind, wherever its number went meanwhile", async () => {
    const typed = byHand({ supplierInvoiceNumber: "KM-1" });
    const bill = await createShared(buyer, typed);
    const { id } = await createInvoice(supplier, raised(), TODAY);
    await editInvoice(buyer, bill, editOf(typed, 1, { supplierInvoiceNumber: "KM-77" }), TODAY);
    await share(buyer, bill);
    await share(supplier, id);
    await share(buyer, bill);
    const open = ({ businessId }: Business) => prisma.invoice.findMany({ where: { businessId, status: "CREATED" } });
    expect(await open(supplier)).toMatchObject([{ id, total: 10_000_000n }]);
    expect(await open(buyer)).toMatchObject([{ id: bill, total: 10_000_000n }]);
  });

  test("comes anew to a buyer that has cancelled its own before it heard of it", async () => {
    const bill = await createShared(buyer, byHand());
    const { id } = await createInvoice(supplier, raised(), TODAY);
    await cancelInvoice(buyer, bill, TODAY);
    await share(supplier, id);
    const find = () => prisma.invoice.findMany({ where: { businessId: buyer.businessId }, orderBy: { id: "asc" } });
    const own = { id: bill, status: "CANCELLED", origin: "OWN" };
    expect(await find()).toMatchObject([own, { origin: "COUNTERPARTY", status: "CREATED", total: 10_000_000n }]);
  });

  test("there is nothing to show where both have cancelled theirs", async () => {
    const bill = await createShared(buyer, byHand());
    const { id } = await createInvoice(supplier, raised(), TODAY);
    await cancelInvoice(buyer, bill, TODAY);
    await cancelInvoice(supplier, id, TODAY);
    await share(supplier, id);
    expect(await actionsOn(supplier, id)).toEqual(["invoice.received", "invoice.created", "invoice.cancelled"]);
    expect(await actionsOn(buyer, bill)).toEqual(["invoice.created", "invoice.cancelled"]);
  });

  test("is no second bill beside one on which the buyer paid by way of another platform, whatever its number", async () => {
    const bill = await createShared(buyer, byHand({ totalPaise: 10_000_000 }));
    const input = raised();
    const { id } = await createInvoice(supplier, input, TODAY);
    await editInvoice(supplier, id, editOf(input, 2, { supplierInvoiceNumber: "KM-78" }), TODAY);
    await prisma.invoice.updateMany({
      where: { businessId: buyer.businessId, id: bill },
      data: { paid: 40, status: "PART_PAID" },
    });
    await share(supplier, id);
    const find = () => prisma.invoice.findMany({ where: { businessId: buyer.businessId } });
    expect(await find()).toMatchObject([{ id: bill, paid: 40n, status: "PART_PAID" }]);
    expect(await givenUp(id)).toEqual(["it is paid already in their books"]);
  });

  test("a change says how else the supplier can set it right", async () => {
    await createShared(buyer, byHand());
    const copy = await invoiceOf(supplier, "KM-77");
    await expect(editInvoice(supplier, copy?.id ?? "", editOf(raised(), 1), TODAY)).rejects.toMatchObject({
      message:
        "Anvaya wrote this invoice: only they can change or cancel it. Raise it yourself under the same number, and yours takes its place.",
    });
  });
});
