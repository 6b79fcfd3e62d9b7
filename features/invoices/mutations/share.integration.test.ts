import { beforeEach, describe, expect, test } from "vitest";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { lockPayment, movePayment } from "@/features/payments/lock";
import { createPayment } from "@/features/payments/mutations/create";
import type { ReqPay } from "@/features/protocol/schema";
import { transact } from "@/lib/db";
import { paymentOf } from "@/tests/books";
import { callGateway, refusalIn } from "@/tests/gateway";
import { actionsOn, billOf, createShared, editOf, invoiceOf, share, TODAY } from "@/tests/invoices";
import { secondsUntil } from "@/tests/jobs";
import { prisma } from "@/tests/prisma";
import { answered, outcomeOf, respPayOf } from "@/tests/trade";
import { buyer, supplier } from "@/tests/two-parties";

beforeEach(async () => {
  await prisma.business.update({
    where: { id: supplier.businessId },
    data: { bankAccountNumber: "00112233445566", bankIfsc: "HDFC0001234", vpa: "kaveri@bank" },
  });
});

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

/** The buyer pays part of its copy; its req-pay is on its way. */
async function arrivingPayment(number: string, net: number) {
  const { id } = await copyOf(number);
  const request = paymentOf(supplier, [{ invoice: { objectId: "", number, payableId: id, receivableId: "" }, net }]);
  await createPayment(buyer, request, TODAY);
  const where = { objectId: request.objectId, direction: "OUT", operation: "REQ_PAY" } as const;
  const reqPay: ReqPay = JSON.parse((await prisma.message.findFirstOrThrow({ where })).body);
  return {
    arrive: async () => {
      expect(refusalIn(await callGateway("req-pay", { body: reqPay }))).toBeNull();
      await callGateway("resp-pay", { body: respPayOf(reqPay) });
    },
    accept: async () => {
      const confirmation = await answered({ supplier, request }, { response: "ACCEPT", remarks: "ok" });
      expect(refusalIn(await callGateway("req-pay-confirmation", { body: confirmation }))).toBeNull();
      await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation) });
    },
  };
}

describe("an invoice that its supplier raises", () => {
  test("appears in the buyer's books under the same id, with where to pay", async () => {
    const bill = billOf(buyer);
    await createShared(supplier, bill);
    const copy = await copyOf(bill.supplierInvoiceNumber);
    expect(copy).toMatchObject({
      side: "PAYABLE",
      objectId: bill.objectId,
      origin: "COUNTERPARTY",
      total: 100_000n,
      status: "CREATED",
      counterpartyB2BId: supplier.b2bId,
      counterpartyName: "Kaveri",
      version: 1,
    });
    expect(await actionsOn(buyer, copy.id)).toEqual(["invoice.received"]);
    const where = { businessId_b2bId: { businessId: buyer.businessId, b2bId: supplier.b2bId } };
    expect(await prisma.counterparty.findUnique({ where })).toMatchObject({
      name: "Kaveri",
      bankAccountNumber: "00112233445566",
      bankIfsc: "HDFC0001234",
      vpa: "kaveri@bank",
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
    expect(await secondsUntil("share-invoice", id)).toBeCloseTo(900, -1);
    await payment.end("FAILED");
    await share(supplier, id, later);
    expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject({ total: 70_000n });
  });

  test("a change made while a part payment is on its way arrives once that is accepted", async () => {
    for (const [total, status] of [
      [90_000, "PART_PAID"],
      [50_000, "PAID"],
      [120_000, "PART_PAID"],
    ] as const) {
      const bill = billOf(buyer);
      const id = await createShared(supplier, bill);
      const pay = await arrivingPayment(bill.supplierInvoiceNumber, 50_000);
      await editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 70_000 }), TODAY);
      await editInvoice(supplier, id, editOf(bill, 2, { totalPaise: total }), TODAY);
      await share(supplier, id);
      await pay.arrive();
      await share(supplier, id);
      await pay.accept();
      await share(supplier, id);
      const books = { total: BigInt(total), paid: 50_000n, pending: 0n, status };
      expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject(books);
      expect(await invoiceOf(supplier, bill.supplierInvoiceNumber)).toMatchObject(books);
      expect(await actionsOn(supplier, id)).not.toContain("invoice.share-given-up");
    }
  });

  test("a change to less than is paid on the copy is given up, with a line in the supplier's history", async () => {
    const bill = billOf(buyer);
    const id = await createShared(supplier, bill);
    await (await payCopy(bill.supplierInvoiceNumber, 50_000)).end("ACCEPTED");
    await editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 49_999 }), TODAY);
    await share(supplier, id);
    expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject({ status: "PART_PAID", total: 100_000n });
    expect((await actionsOn(supplier, id)).at(-1)).toBe("invoice.share-given-up");
    await editInvoice(supplier, id, editOf(bill, 2, { totalPaise: 50_000 }), TODAY);
    await share(supplier, id);
    expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject({ status: "PAID", total: 50_000n });
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
      side: "RECEIVABLE",
      objectId: bill.objectId,
      origin: "COUNTERPARTY",
      counterpartyName: "Anvaya",
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
