import { beforeEach, describe, expect, test } from "vitest";
import { getInvoice } from "@/features/invoices/data";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { editInvoiceSchema } from "@/features/invoices/schema";
import { createPayment } from "@/features/payments/mutations/create";
import type { ReqPay } from "@/features/protocol/schema";
import { paise } from "@/lib/money";
import { makeBusiness, paymentOf } from "@/tests/books";
import { callGateway, refusalIn } from "@/tests/gateway";
import { actionsOn, billOf, createShared, editOf, invoiceOf, share, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { FAILURE, respPayOf } from "@/tests/trade";

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

/** The buyer's payment of so many paise of one of its bills, as it goes to the network. */
async function sendPayment(id: string, net: number): Promise<{ request: ReqPay }> {
  await pay(id, net);
  const where = { businessId: buyer.businessId, direction: "OUT", operation: "REQ_PAY" } as const;
  const { body } = await prisma.message.findFirstOrThrow({ where, orderBy: { createdAt: "desc" } });
  return { request: JSON.parse(body) };
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
      message: "INV-7 of Anvaya is there already: ₹1,000.00, due 1 Dec 2026, unpaid.",
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

  test("a description that is left out stays, and an empty one takes it away", async () => {
    const bill = billOf(buyer, { description: "Copper tubes" });
    const { id } = await createInvoice(supplier, bill, TODAY);
    const changed = { ...editOf(bill, 1, { totalPaise: 80_000 }), description: undefined };
    const left = await editInvoice(supplier, id, editInvoiceSchema.parse(changed), TODAY);
    expect(left).toMatchObject({ description: "Copper tubes", totalPaise: 80_000 });
    const emptied = await editInvoice(
      supplier,
      id,
      editInvoiceSchema.parse({ ...changed, version: 2, description: " " }),
      TODAY,
    );
    expect(emptied).toMatchObject({ description: "" });
  });

  test("sent again while its first try is under way an edit is made once, and nobody is told otherwise", async () => {
    for (let round = 0; round < 4; round++) {
      const bill = billOf(buyer, { supplierInvoiceNumber: `KM-${round}` });
      const { id } = await createInvoice(supplier, bill, TODAY);
      const results = await Promise.all(
        [1, 2, 3].map(() => editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 80_000 }), TODAY)),
      );
      for (const { totalPaise, version } of results) expect([totalPaise, version]).toEqual([80_000, 2]);
      expect(await prisma.auditEvent.count({ where: { subjectId: id, action: "invoice.edited" } })).toBe(1);
    }
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
      fields: [{ path: "supplierInvoiceNumber", code: "DUPLICATE_INVOICE" }],
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

  test("a change says how else the supplier can set it right", async () => {
    await createShared(buyer, byHand());
    const copy = await invoiceOf(supplier, "KM-77");
    await expect(editInvoice(supplier, copy?.id ?? "", editOf(raised(), 1), TODAY)).rejects.toMatchObject({
      message:
        "Anvaya wrote this invoice: only they can change or cancel it. Raise it yourself under the same number, and yours takes its place.",
    });
  });
});
