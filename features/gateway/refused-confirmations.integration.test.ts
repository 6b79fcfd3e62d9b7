import { afterAll, describe, expect, test } from "vitest";
import { createPayment } from "@/features/payments/mutations/create";
import { edited } from "@/features/protocol/testing/edited";
import { mintInvoiceObjectId, mintPaymentObjectId } from "@/lib/ids";
import { paymentOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { type Case, CONFIRMATION, expectRefused, expectSeen } from "@/tests/refusals";
import { answeredTrade, arrivedTrade, FAILURE, invoiceInfosOf, outcomeOf, respPayOf } from "@/tests/trade";

// The business answers that are no, to a confirmation and to its outcome from the network (tests/refusals.ts).

afterAll(() => expectSeen("confirmations"));

describe("req-pay-confirmation from the network", () => {
  const changed = async (changes: Record<string, unknown>) => {
    const { confirmation } = await answeredTrade();
    return { operation: "req-pay-confirmation" as const, call: { body: edited(confirmation, changes) } };
  };
  const cases: Case[] = [
    ["for nobody here", "UNKNOWN_BUYER", "b2bIds.buyerB2BId", () => changed({ "b2bIds.buyerB2BId": "NOBODY@BCB" })],
    [
      "no such payment",
      "PAYMENT_NOT_FOUND",
      `${CONFIRMATION}.objectId`,
      () => changed({ [`${CONFIRMATION}.objectId`]: mintPaymentObjectId() }),
    ],
    [
      "another supplier",
      "PAYMENT_NOT_FOUND",
      "b2bIds.supplierB2BId",
      () => changed({ "b2bIds.supplierB2BId": "OTHER@BCB" }),
    ],
    [
      "another type",
      "PAYMENT_MISMATCH",
      `${CONFIRMATION}.type`,
      () => changed({ [`${CONFIRMATION}.type`]: "ONPLATFORM" }),
    ],
    [
      "REJECT of a payment on the platform",
      "REJECT_NOT_ALLOWED",
      `${CONFIRMATION}.supplierResponse`,
      () => changed({ [`${CONFIRMATION}.type`]: "ONPLATFORM", [`${CONFIRMATION}.supplierResponse`]: "REJECT" }),
    ],
    [
      "an invoice that isn't the payment's",
      "INVOICE_MISMATCH",
      `${CONFIRMATION}.invoiceInfos[1].objectId`,
      () => changed({ [`${CONFIRMATION}.invoiceInfos[1].objectId`]: mintInvoiceObjectId() }),
    ],
    [
      "an invoice left out",
      "INVOICE_MISMATCH",
      `${CONFIRMATION}.invoiceInfos`,
      async () => {
        const { confirmation } = await answeredTrade();
        const { paymentConfirmation } = confirmation;
        const invoiceInfos = paymentConfirmation.invoiceInfos.slice(1);
        return {
          operation: "req-pay-confirmation",
          call: { body: { ...confirmation, paymentConfirmation: { ...paymentConfirmation, invoiceInfos } } },
        };
      },
    ],
    [
      "ACCEPT after a FAILURE, when the bill was paid otherwise",
      "EXCEEDS_DUE",
      `${CONFIRMATION}.invoiceInfos[1].objectId`,
      async () => {
        const { buyer, supplier, second, reqPay, confirmation } = await answeredTradeAfterFailure();
        await createPayment(buyer, paymentOf(supplier, [{ invoice: second, net: 1 }]), NOW);
        expect(reqPay.payment.objectId).toBe(confirmation.paymentConfirmation.objectId);
        return { operation: "req-pay-confirmation", call: { body: confirmation } };
      },
    ],
    [
      "the same, of a message that lists the invoices in another order",
      "EXCEEDS_DUE",
      `${CONFIRMATION}.invoiceInfos[0].objectId`,
      async () => {
        const { buyer, supplier, second, confirmation } = await answeredTradeAfterFailure();
        await createPayment(buyer, paymentOf(supplier, [{ invoice: second, net: 1 }]), NOW);
        const invoiceInfos = confirmation.paymentConfirmation.invoiceInfos.toReversed();
        return {
          operation: "req-pay-confirmation",
          call: { body: edited(confirmation, { [`${CONFIRMATION}.invoiceInfos`]: invoiceInfos }) },
        };
      },
    ],
    [
      "another answer than the one that stands",
      "DUPLICATE_CONFLICT",
      `${CONFIRMATION}.objectId`,
      async () => {
        const { confirmation } = await answeredTrade();
        await callGateway("req-pay-confirmation", { body: confirmation });
        const body = edited(confirmation, { [`${CONFIRMATION}.supplierResponse`]: "REJECT" });
        return { operation: "req-pay-confirmation", call: { body } };
      },
    ],
  ];
  test.each(cases)("%s: %s", async (_name, code, field, make) => {
    await expectRefused(await make(), code, field);
  });

  async function answeredTradeAfterFailure() {
    const trade = await answeredTrade();
    // The buyer never got a good outcome, but a FAILURE.
    await prisma.message.deleteMany({ where: { businessId: trade.buyer.businessId, operation: "RESP_PAY" } });
    await prisma.payment.updateMany({ where: { businessId: trade.buyer.businessId }, data: { status: "SENDING" } });
    await callGateway("resp-pay", { body: respPayOf(trade.reqPay, FAILURE) });
    return trade;
  }

  test("the answer is a whole PaymentConfirmationResponse", async () => {
    const { operation, call } = await changed({ "b2bIds.buyerB2BId": "NOBODY@BCB" });
    const { answer } = await expectRefused({ operation, call }, "UNKNOWN_BUYER", "b2bIds.buyerB2BId");
    const { b2bIds, paymentConfirmation } = call.body as Record<string, unknown>;
    const resp = expect.objectContaining({ result: "FAILURE" });
    expect(answer.json.payload).toEqual({ resp, b2bIds, paymentConfirmation, additionalInfo: [] });
  });
});

describe("resp-pay-confirmation", () => {
  const changed = async (changes: Record<string, unknown>) => {
    const { confirmation } = await answeredTrade();
    return { operation: "resp-pay-confirmation" as const, call: { body: edited(outcomeOf(confirmation), changes) } };
  };
  const cases: Case[] = [
    [
      "for nobody here",
      "UNKNOWN_SUPPLIER",
      "b2bIds.supplierB2BId",
      () => changed({ "b2bIds.supplierB2BId": "NOBODY@BCB" }),
    ],
    [
      "no such payment",
      "PAYMENT_NOT_FOUND",
      `${CONFIRMATION}.objectId`,
      () => changed({ [`${CONFIRMATION}.objectId`]: mintPaymentObjectId() }),
    ],
    ["another buyer", "PAYMENT_MISMATCH", "b2bIds.buyerB2BId", () => changed({ "b2bIds.buyerB2BId": "OTHER@BCB" })],
    [
      "another type",
      "PAYMENT_MISMATCH",
      `${CONFIRMATION}.type`,
      () => changed({ [`${CONFIRMATION}.type`]: "ONPLATFORM" }),
    ],
    [
      "success of another answer than was given",
      "PAYMENT_MISMATCH",
      `${CONFIRMATION}.supplierResponse`,
      () => changed({ [`${CONFIRMATION}.supplierResponse`]: "REJECT" }),
    ],
    [
      "other invoices",
      "INVOICE_MISMATCH",
      `${CONFIRMATION}.invoiceInfos[0].objectId`,
      () => changed({ [`${CONFIRMATION}.invoiceInfos[0].objectId`]: mintInvoiceObjectId() }),
    ],
    [
      "no answer was given yet",
      "NOT_AWAITING",
      `${CONFIRMATION}.objectId`,
      async () => {
        const { confirmation } = await answeredTrade();
        const { reqPay } = await arrivedTrade();
        const infos = invoiceInfosOf(reqPay);
        const body = {
          ...outcomeOf(confirmation),
          b2bIds: reqPay.b2bIds,
          paymentConfirmation: {
            ...confirmation.paymentConfirmation,
            objectId: reqPay.payment.objectId,
            invoiceInfos: infos,
          },
        };
        return { operation: "resp-pay-confirmation", call: { body } };
      },
    ],
  ];
  test.each(cases)("%s: %s", async (_name, code, field, make) => {
    await expectRefused(await make(), code, field);
  });
});
