import { expect, test } from "vitest";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { callGateway, refusalIn } from "@/tests/gateway";
import { billOf, createShared, editOf, invoiceOf, TODAY } from "@/tests/invoices";
import { secondsUntil } from "@/tests/jobs";
import { prisma } from "@/tests/prisma";
import { FAILURE, respPayOf } from "@/tests/trade";
import { buyer, paidFor, supplier } from "@/tests/two-parties";

/*
 * A payment that comes before its bills brings those that can come, and answers with them; what has to wait stays with its job.
 */

/** What the network is told of a payment. */
const refusalOf = async (body: unknown) => refusalIn(await callGateway("req-pay", { body }))?.code;

test("bills whose numbers the supplier's own have: their jobs are as they were, and nobody waits for them", async () => {
  const ids: string[] = [];
  for (let bill = 0; bill < 2; bill++) {
    const own = billOf(buyer);
    await createInvoice(supplier, own, TODAY);
    const byHand = billOf(supplier, { side: "payable", supplierInvoiceNumber: own.supplierInvoiceNumber });
    ids.push((await createInvoice(buyer, byHand, TODAY)).id);
  }
  expect(await refusalOf(await paidFor(ids))).toBe("INVOICE_NOT_FOUND");
  for (const id of ids) expect(await secondsUntil("share-invoice", id)).toBeLessThanOrEqual(0);
});

test("a bill in whose place the supplier's own is under the same id, too, whatever the buyer has made of it since", async () => {
  const bill = billOf(supplier, { side: "payable" });
  const id = await createShared(buyer, bill);
  const { objectId, supplierInvoiceNumber } = bill;
  await createInvoice(supplier, billOf(buyer, { objectId, supplierInvoiceNumber }), TODAY);
  await editInvoice(buyer, id, editOf(bill, 1, { supplierInvoiceNumber: "ANOTHER/1" }), TODAY);
  expect(await refusalOf(await paidFor([id]))).toBe("INVOICE_MISMATCH");
  expect(await secondsUntil("share-invoice", id)).toBeLessThanOrEqual(0);
});

test("one that its buyer has returned since comes as returned: a payment that failed there isn't taken here", async () => {
  const raised = billOf(buyer);
  await createShared(supplier, raised);
  const copy = () => invoiceOf(buyer, raised.supplierInvoiceNumber);
  const id = (await copy())?.id ?? "";
  const { id: unseen } = await createInvoice(buyer, billOf(supplier, { side: "payable" }), TODAY);
  const reqPay = await paidFor([id, unseen]);
  await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
  const version = (await copy())?.version ?? 0;
  await answerInvoice(buyer, id, { response: "RETURN", remarks: "Wrong rate", version }, TODAY);
  expect(await refusalOf(reqPay)).toBe("INVOICE_NOT_PAYABLE");
  const books = { businessId: supplier.businessId, objectId: raised.objectId };
  expect(await prisma.invoice.findFirst({ where: books })).toMatchObject({ status: "RETURNED", remarks: "Wrong rate" });
});
