import { describe, expect, test } from "vitest";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { createPayment } from "@/features/payments/mutations/create";
import type { ReqPay } from "@/features/protocol/schema";
import { mintPaymentObjectId } from "@/lib/ids";
import { makeBusiness, paymentOf } from "@/tests/books";
import { callGateway, refusalIn } from "@/tests/gateway";
import { actionsOn, billOf, createShared, editOf, share, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { answered, outcomeOf, respPayOf } from "@/tests/trade";
import { buyer, supplier } from "@/tests/two-parties";

describe("ids that two parties' software mint alike", () => {
  const objectId = "INV-2026-1";

  test("are two invoices, each with its own party, and nobody reaches a third party's", async () => {
    await createShared(supplier, billOf(buyer, { objectId }));
    const stranger = await makeBusiness("Stranger");
    const other = billOf(buyer, { objectId, totalPaise: 1 });
    const id = await createShared(stranger, other);
    const find = () =>
      prisma.invoice.findMany({ where: { businessId: buyer.businessId }, orderBy: { counterpartyB2BId: "asc" } });
    const kaveris = { objectId, counterpartyB2BId: supplier.b2bId, total: 100_000n, status: "CREATED" };
    expect(await find()).toMatchObject([kaveris, { objectId, counterpartyB2BId: stranger.b2bId, total: 1n }]);
    await editInvoice(stranger, id, editOf(other, 1, { totalPaise: 2 }), TODAY);
    await share(stranger, id);
    expect(await find()).toMatchObject([kaveris, { total: 2n }]);
    await cancelInvoice(stranger, id, TODAY);
    await share(stranger, id);
    expect(await find()).toMatchObject([kaveris, { status: "CANCELLED" }]);
    expect(await actionsOn(stranger, id)).toEqual(["invoice.created", "invoice.edited", "invoice.cancelled"]);
  });

  test("don't keep a supplier from raising its own under that id, once", async () => {
    const stranger = await makeBusiness("Stranger");
    await createShared(stranger, billOf(supplier, { side: "payable", objectId }));
    const bill = billOf(buyer, { objectId });
    const { id } = await createInvoice(supplier, bill, TODAY);
    expect(await createInvoice(supplier, bill, TODAY)).toEqual({ id, replayed: true });
    const elsewhere = billOf({ b2bId: "ELSEWHERE@BCB" }, { objectId });
    await expect(createInvoice(supplier, elsewhere, TODAY)).rejects.toMatchObject({
      fields: [{ path: "objectId", code: "DUPLICATE_CONFLICT" }],
    });
  });

  test("are paid each by its own buyer, and refused for the right reason", async () => {
    const second = await makeBusiness("Second");
    for (const each of [buyer, second]) {
      const bill = billOf(supplier, { side: "payable", objectId });
      const id = await createShared(each, bill);
      const pair = { objectId, number: bill.supplierInvoiceNumber, payableId: id, receivableId: "" };
      const request = paymentOf(supplier, [{ invoice: pair, net: 40_000 }]);
      await createPayment(each, request, TODAY);
      const where = { objectId: request.objectId, direction: "OUT", operation: "REQ_PAY" } as const;
      const reqPay: ReqPay = JSON.parse((await prisma.message.findFirstOrThrow({ where })).body);
      const tooMuch = JSON.parse(JSON.stringify(reqPay).replaceAll(":400,", ":4000,"));
      tooMuch.payment.objectId = mintPaymentObjectId();
      expect(refusalIn(await callGateway("req-pay", { body: tooMuch }))?.code).toBe("EXCEEDS_DUE");
      expect(refusalIn(await callGateway("req-pay", { body: reqPay }))).toBeNull();
      await callGateway("resp-pay", { body: respPayOf(reqPay) });
      const confirmation = await answered({ supplier, request }, { response: "ACCEPT", remarks: "ok" });
      expect(refusalIn(await callGateway("req-pay-confirmation", { body: confirmation }))).toBeNull();
      await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation) });
    }
    const books = await prisma.invoice.findMany({
      where: { objectId, supplierInvoiceNumber: { startsWith: "KV/" }, paid: 40_000 },
    });
    expect(books.filter(({ businessId }) => businessId === supplier.businessId)).toHaveLength(2);
    expect(
      books.filter(({ businessId }) => [buyer, second].some((each) => each.businessId === businessId)),
    ).toHaveLength(2);
  });
});
