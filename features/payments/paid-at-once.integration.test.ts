import { describe, expect, test } from "vitest";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";
import { createPayment } from "@/features/payments/mutations/create";
import type { ReqPay } from "@/features/protocol/schema";
import { mintInvoiceObjectId } from "@/lib/ids";
import { makeBusiness, paymentOf } from "@/tests/books";
import { callGateway, makeApiKey, refusalIn, snapshot } from "@/tests/gateway";
import { actionsOn, billOf, createShared, editOf, invoiceOf, share, shareAnswerTo, TODAY } from "@/tests/invoices";
import { runJobs } from "@/tests/jobs";
import { prisma } from "@/tests/prisma";
import { FAILURE, respPayOf, sentReqPay } from "@/tests/trade";
import { buyer, supplier } from "@/tests/two-parties";

// A bill's share is a job, a payment's req-pay goes out in milliseconds: it may be there first. No worker runs here unless a test says so.

/** The buyer writes a bill of ₹1,000 down. */
async function written(changes: Parameters<typeof billOf>[1] = {}) {
  const bill = billOf(supplier, { side: "payable", ...changes });
  const { id } = await createInvoice(buyer, bill, TODAY);
  return { bill, id };
}

const lineOf = (payableId: string, net = 40_000) => ({
  invoice: { objectId: "", number: "", payableId, receivableId: "" },
  net,
});

/** The buyer pays ₹400 of each of its bills; the req-pay that is on its way. */
async function pay(...ids: string[]): Promise<ReqPay> {
  const request = paymentOf(
    supplier,
    ids.map((id) => lineOf(id)),
  );
  expect(await createPayment(buyer, request, TODAY)).toMatchObject({ kind: "created" });
  return sentReqPay(request.objectId);
}

const arrive = async (reqPay: ReqPay) => refusalIn(await callGateway("req-pay", { body: reqPay }));

const held = { side: "RECEIVABLE", paid: 0n, pending: 40_000n, status: "PAYMENT_INITIATED" } as const;

describe("a bill that is paid before its copy has arrived", () => {
  test("comes with the payment, as its share would have brought it; the share then changes nothing", async () => {
    const { bill, id } = await written();
    expect(await arrive(await pay(id))).toBeNull();
    const copy = await invoiceOf(supplier, bill.supplierInvoiceNumber);
    expect(copy).toMatchObject({ ...held, objectId: bill.objectId, origin: "COUNTERPARTY", total: 100_000n });
    await share(buyer, id);
    expect(await invoiceOf(supplier, bill.supplierInvoiceNumber)).toEqual(copy);
    expect(await actionsOn(supplier, copy?.id ?? "")).toEqual(["invoice.received"]);
  });

  test("of which a business's own software tells, as well", async () => {
    const { bill, id } = await written();
    const elsewhere = await pay(id);
    await prisma.$executeRaw`UPDATE payment SET status = 'FAILED' WHERE object_id = ${elsewhere.payment.objectId}`;
    await prisma.$executeRaw`UPDATE invoice SET pending = 0, status = 'CREATED' WHERE id = ${id}::uuid`;
    const objectId = `PMT${"7".repeat(32)}`;
    const body = { ...elsewhere, payment: { ...elsewhere.payment, objectId } };
    expect(refusalIn(await callGateway("req-pay", { body, apiKey: await makeApiKey(buyer) }))).toBeNull();
    expect(await arrive(await sentReqPay(objectId))).toBeNull();
    expect(await invoiceOf(supplier, bill.supplierInvoiceNumber)).toMatchObject(held);
  });

  test("among others that have arrived, and several at once", async () => {
    const there = billOf(supplier, { side: "payable" });
    const bills = [{ bill: there, id: await createShared(buyer, there) }, await written(), await written()];
    expect(await arrive(await pay(...bills.map(({ id }) => id)))).toBeNull();
    for (const { bill } of bills) expect(await invoiceOf(supplier, bill.supplierInvoiceNumber)).toMatchObject(held);
  });

  test("while its share runs at the same moment, and the network repeats itself", async () => {
    for (let round = 0; round < 12; round++) {
      const { bill, id } = await written();
      const reqPay = await pay(id);
      const calls = Array.from({ length: 3 }, () => callGateway("req-pay", { body: reqPay }));
      const [answers] = await Promise.all([Promise.all(calls), share(buyer, id), share(buyer, id)]);
      expect(answers.map(refusalIn)).toEqual([null, null, null]);
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
      const where = { businessId: supplier.businessId, objectId: bill.objectId };
      expect(await prisma.invoice.findMany({ where })).toMatchObject([held]);
    }
  });

  test("paid by many at the same moment", async () => {
    const bills = await Promise.all(Array.from({ length: 10 }, () => written()));
    const reqPays = await Promise.all(bills.map(({ id }) => pay(id)));
    expect(await Promise.all(reqPays.map(arrive))).toEqual(bills.map(() => null));
    const where = { businessId: supplier.businessId, pending: 40_000 };
    expect(await prisma.invoice.count({ where })).toBe(10);
  });

  test("of the supplier's own, under the same number: refused, and theirs then takes its place", async () => {
    const raised = billOf(buyer, { supplierInvoiceNumber: "SAME-1" });
    await createInvoice(supplier, raised, TODAY);
    const { id } = await written({ supplierInvoiceNumber: "same-1" });
    const reqPay = await pay(id);
    expect(await arrive(reqPay)).toMatchObject({ code: "INVOICE_NOT_FOUND" });
    await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
    await runJobs();
    expect(await invoiceOf(buyer, "SAME-1")).toMatchObject({ id, objectId: raised.objectId, origin: "COUNTERPARTY" });
    expect(await arrive(await pay(id))).toBeNull();
  });
});

describe("a bill whose change has not arrived", () => {
  test.each([
    ["its number", { supplierInvoiceNumber: "KV/NEW" }],
    ["its amount", { totalPaise: 40_000 }],
    ["a larger amount", { totalPaise: 140_000 }],
  ])("%s: the change comes with the payment", async (_what, change) => {
    const bill = billOf(supplier, { side: "payable", totalPaise: 39_000 });
    const id = await createShared(buyer, bill);
    await editInvoice(buyer, id, editOf(bill, 1, { totalPaise: 40_000, ...change }), TODAY);
    expect(await arrive(await pay(id))).toBeNull();
    const number = "supplierInvoiceNumber" in change ? change.supplierInvoiceNumber : bill.supplierInvoiceNumber;
    expect(await invoiceOf(supplier, number)).toMatchObject(held);
  });

  test("sent again after its return: it stands again as the payment comes", async () => {
    const bill = billOf(supplier, { side: "payable" });
    const id = await createShared(buyer, bill);
    const copy = await invoiceOf(supplier, bill.supplierInvoiceNumber);
    await answerInvoice(supplier, copy?.id ?? "", { response: "RETURN", remarks: "Wrong", version: 1 }, TODAY);
    await shareAnswerTo(supplier, copy?.id ?? "");
    await editInvoice(buyer, id, editOf(bill, 2), TODAY);
    expect(await arrive(await pay(id))).toBeNull();
    expect(await invoiceOf(supplier, bill.supplierInvoiceNumber)).toMatchObject({ ...held, remarks: null });
  });
});

test("an invoice that was put back a moment ago is paid", async () => {
  const bill = billOf(buyer);
  const own = await createShared(supplier, bill);
  const copy = await invoiceOf(buyer, bill.supplierInvoiceNumber);
  const id = copy?.id ?? "";
  await answerInvoice(buyer, id, { response: "REJECT", remarks: "Not ours", version: 1 }, TODAY);
  await shareAnswerTo(buyer, id);
  expect(await invoiceOf(supplier, bill.supplierInvoiceNumber)).toMatchObject({ status: "REJECTED" });
  await putBackInvoice(buyer, id, { version: 2 }, TODAY);
  const reqPay = await pay(id);
  const [refusal] = await Promise.all([arrive(reqPay), shareAnswerTo(buyer, id)]);
  expect(refusal).toBeNull();
  expect(await invoiceOf(supplier, bill.supplierInvoiceNumber)).toMatchObject({ ...held, remarks: null });
  expect(await actionsOn(supplier, own)).toEqual([
    "invoice.created",
    "invoice.rejected-by-party",
    "invoice.put-back-by-party",
  ]);
});

describe("what the supplier's books don't allow is refused as before, and changes nothing", () => {
  const altered = async (change: (line: ReqPay["payment"]["invoicesPayInfos"][number], reqPay: ReqPay) => void) => {
    const bill = billOf(supplier, { side: "payable" });
    const reqPay = await pay(await createShared(buyer, bill));
    const [line] = reqPay.payment.invoicesPayInfos;
    if (line) change(line, reqPay);
    const before = await snapshot();
    const refusal = await arrive(reqPay);
    expect(await snapshot()).toEqual(before);
    return refusal;
  };

  test("an invoice that nobody has", async () => {
    const refusal = await altered((line) => Object.assign(line, { objectId: mintInvoiceObjectId() }));
    expect(refusal).toEqual({ code: "INVOICE_NOT_FOUND", field: "payment.invoicesPayInfos[0].objectId" });
  });

  test("another number than both have", async () => {
    const refusal = await altered((line) => Object.assign(line, { supplierInvoiceNumber: "KV/OTHER" }));
    expect(refusal).toMatchObject({ code: "INVOICE_MISMATCH" });
  });

  test("a bill of the buyer's to somebody else", async () => {
    const other = await makeBusiness("Other");
    const { bill } = await written({ counterparty: { b2bId: other.b2bId, name: "Other" } });
    const refusal = await altered((line) => Object.assign(line, { objectId: bill.objectId }));
    expect(refusal).toMatchObject({ code: "INVOICE_NOT_FOUND" });
  });

  test("a buyer that doesn't live here", async () => {
    const { bill } = await written();
    const refusal = await altered((line, { b2bIds }) => {
      Object.assign(line, { objectId: bill.objectId });
      Object.assign(b2bIds, { buyerB2BId: "ELSEWHERE@BCB" });
    });
    expect(refusal).toMatchObject({ code: "INVOICE_NOT_FOUND" });
  });
});
