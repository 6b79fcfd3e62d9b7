import { afterAll, describe, expect, test } from "vitest";
import { createPayment } from "@/features/payments/mutations/create";
import type { ReqPay } from "@/features/protocol/schema";
import { edited } from "@/features/protocol/testing/edited";
import { mintInvoiceObjectId, mintPaymentObjectId } from "@/lib/ids";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { type Case, expectRefused, expectSeen, LINE } from "@/tests/refusals";
import { arrivedTrade, paidTrade, respPayOf } from "@/tests/trade";

// The business answers that are no, to a payment request and to its outcome from the network (tests/refusals.ts).

afterAll(() => expectSeen("payments"));

describe("req-pay from the network", () => {
  const changed = async (
    changes: Record<string, unknown>,
    prepare?: (trade: Awaited<ReturnType<typeof paidTrade>>) => unknown,
  ) => {
    const trade = await paidTrade();
    await prepare?.(trade);
    return { operation: "req-pay" as const, call: { body: edited(trade.reqPay, changes) } };
  };
  const cases: Case[] = [
    [
      "for nobody here",
      "UNKNOWN_SUPPLIER",
      "b2bIds.supplierB2BId",
      () => changed({ "b2bIds.supplierB2BId": "NOBODY@BCB" }),
    ],
    [
      "to oneself",
      "SAME_PARTY",
      "b2bIds.supplierB2BId",
      async () => {
        const { reqPay } = await paidTrade();
        return {
          operation: "req-pay",
          call: { body: edited(reqPay, { "b2bIds.buyerB2BId": reqPay.b2bIds.supplierB2BId }) },
        };
      },
    ],
    [
      "an invoice that isn't there",
      "INVOICE_NOT_FOUND",
      `${LINE}[1].objectId`,
      () => changed({ [`${LINE}[1].objectId`]: mintInvoiceObjectId() }),
    ],
    [
      "an invoice of another buyer",
      "INVOICE_NOT_FOUND",
      `${LINE}[0].objectId`,
      () => changed({ "b2bIds.buyerB2BId": "ANOTHER@BCB" }),
    ],
    [
      "another number than the invoice has",
      "INVOICE_MISMATCH",
      `${LINE}[1].supplierInvoiceNumber`,
      () => changed({ [`${LINE}[1].supplierInvoiceNumber`]: "KM/0" }),
    ],
    ...(
      [
        ["a cancelled invoice", "CANCELLED", null],
        ["an invoice that the buyer has returned, though its own portal hadn't heard", "RETURNED", "Wrong rate"],
        ["an invoice that the buyer has rejected, though its own portal hadn't heard", "REJECTED", "Wrong rate"],
      ] as const
    ).map(
      ([name, status, remarks]): Case => [
        name,
        "INVOICE_NOT_PAYABLE",
        `${LINE}[0].objectId`,
        () =>
          changed({}, ({ first }) =>
            prisma.invoice.updateMany({
              where: { id: first.receivableId },
              // An answer names the copy's version that it is newer than: the buyer's portal, which has paid since, was set back behind it.
              data: { status, baseStatus: status, remarks, ...(remarks && { sourceVersion: 2 }) },
            }),
          ),
      ],
    ),
    [
      "one paisa more than is due",
      "EXCEEDS_DUE",
      `${LINE}[1].invoicePaymentAmount.totalAmount`,
      () =>
        changed({}, ({ second }) =>
          prisma.invoice.updateMany({ where: { id: second.receivableId }, data: { total: 49_999 } }),
        ),
    ],
    [
      "the id of a payment that the supplier itself made",
      "DUPLICATE_CONFLICT",
      "payment.objectId",
      () =>
        changed({}, async ({ supplier, request }) => {
          const other = await makeBusiness("Other");
          const invoice = await makeInvoice(supplier, other, 10_000);
          await createPayment(supplier, paymentOf(other, [{ invoice, net: 1 }], { objectId: request.objectId }), NOW);
        }),
    ],
    ["a field that breaks a rule", "FIELD_PATTERN", "payment.utr", () => changed({ "payment.utr": 'a "b"' })],
  ];
  test.each(cases)("%s: %s", async (_name, code, field, make) => {
    const { kept } = await expectRefused(await make(), code, field);
    expect(kept.caller).toBe("network");
  });

  test.each([
    ["UNKNOWN_SUPPLIER", "b2bIds.supplierB2BId", "NOBODY@BCB"],
    ["AMOUNT_TOTAL", "payment.paymentAmount.totalAmount", 1499.99],
  ] as const)("%s: the answer is a whole PaymentResponse", async (code, field, value) => {
    const { operation, call } = await changed({ [field]: value });
    const { answer, kept } = await expectRefused({ operation, call }, code, field);
    const { b2bIds, payment, additionalInfos } = call.body as ReqPay;
    expect(answer.json.payload).toEqual({
      resp: expect.objectContaining({ result: "FAILURE" }),
      b2bIds,
      payment,
      additionalInfos,
    });
    expect(kept).toMatchObject({ supplierB2BId: b2bIds.supplierB2BId, objectId: payment.objectId });
  });
});

describe("resp-pay", () => {
  const changed = async (changes: Record<string, unknown>) => {
    const { reqPay } = await paidTrade();
    return { operation: "resp-pay" as const, call: { body: edited(respPayOf(reqPay), changes) } };
  };
  const cases: Case[] = [
    ["for nobody here", "UNKNOWN_BUYER", "b2bIds.buyerB2BId", () => changed({ "b2bIds.buyerB2BId": "NOBODY@BCB" })],
    [
      "no such payment",
      "PAYMENT_NOT_FOUND",
      "payment.objectId",
      () => changed({ "payment.objectId": mintPaymentObjectId() }),
    ],
    [
      "another supplier",
      "PAYMENT_MISMATCH",
      "b2bIds.supplierB2BId",
      () => changed({ "b2bIds.supplierB2BId": "OTHER@BCB" }),
    ],
    [
      "another total",
      "PAYMENT_MISMATCH",
      "payment.paymentAmount.totalAmount",
      () =>
        changed({
          "payment.paymentAmount.netPaidAmount": 1480.01,
          "payment.paymentAmount.totalAmount": 1500.01,
          [`${LINE}[1].invoicePaymentAmount.netPaidAmount`]: 500.01,
          [`${LINE}[1].invoicePaymentAmount.totalAmount`]: 500.01,
        }),
    ],
    [
      "the reqMsgId of another payment",
      "PAYMENT_MISMATCH",
      "resp.reqMsgId",
      async () => {
        const { buyer, supplier, reqPay } = await paidTrade();
        const other = paymentOf(supplier, [{ invoice: await makeInvoice(buyer, supplier, 10_000), net: 1 }]);
        await createPayment(buyer, other, NOW);
        await prisma.message.updateMany({ where: { objectId: other.objectId }, data: { reqMsgId: "REQ-OTHER" } });
        return { operation: "resp-pay", call: { body: respPayOf(reqPay, { reqMsgId: "REQ-OTHER" }) } };
      },
    ],
    [
      "an incoming payment's id",
      "PAYMENT_NOT_FOUND",
      "payment.objectId",
      async () => {
        const { reqPay, supplier } = await arrivedTrade();
        const body = edited(respPayOf(reqPay), { "b2bIds.buyerB2BId": supplier.b2bId });
        return { operation: "resp-pay", call: { body } };
      },
    ],
  ];
  test.each(cases)("%s: %s", async (_name, code, field, make) => {
    await expectRefused(await make(), code, field);
  });
});
