import { expect, test } from "vitest";
import { edited } from "@/features/protocol/testing/edited";
import { makeInvoice } from "@/tests/books";
import { callGateway, refusalIn, snapshot } from "@/tests/gateway";
import { answeredTrade, arrivedTrade, invoiceInfosOf, paidTrade } from "@/tests/trade";

// Who is a supplier in one payment is a buyer in another: a message reaches only what is of its own side.

test("a buyer can't answer, in its supplier's books, the payment that it made itself", async () => {
  const { confirmation } = await answeredTrade();
  const { buyer, supplier, reqPay } = await arrivedTrade();
  const invoiceInfos = invoiceInfosOf(reqPay);
  const before = await snapshot();
  const body = edited(confirmation, {
    "b2bIds.buyerB2BId": supplier.b2bId,
    "b2bIds.supplierB2BId": buyer.b2bId,
    "paymentConfirmation.objectId": reqPay.payment.objectId,
    "paymentConfirmation.invoiceInfos": invoiceInfos,
  });
  const answer = await callGateway("req-pay-confirmation", { body });
  expect(refusalIn(answer)).toEqual({ code: "PAYMENT_NOT_FOUND", field: "paymentConfirmation.objectId" });
  expect(await snapshot()).toEqual(before);
});

test("what a business owes is not what a payment to it is for", async () => {
  const { buyer, supplier, reqPay } = await paidTrade();
  const { objectId, number } = await makeInvoice(supplier, buyer, 100_000);
  const line = "payment.invoicesPayInfos[0]";
  const body = edited(reqPay, { [`${line}.objectId`]: objectId, [`${line}.supplierInvoiceNumber`]: number });
  const before = await snapshot();
  const answer = await callGateway("req-pay", { body });
  expect(refusalIn(answer)).toEqual({ code: "INVOICE_NOT_FOUND", field: `${line}.objectId` });
  expect(await snapshot()).toEqual(before);
});
