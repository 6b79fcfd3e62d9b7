import { afterAll, describe, expect, test } from "vitest";
import { keepRefused } from "@/features/messages/mutations/keep-refused";
import { createPayment } from "@/features/payments/mutations/create";
import { ERRORS, refuse } from "@/features/protocol/errors";
import type { Operation } from "@/features/protocol/schema";
import { edited } from "@/features/protocol/testing/edited";
import { mintInvoiceObjectId, mintPaymentObjectId } from "@/lib/ids";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { type Call, callGateway, makeApiKey, NOW, refusalIn, snapshot } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answeredTrade, arrivedTrade, FAILURE, outcomeOf, paidTrade, respPayOf } from "@/tests/trade";

// Every business "no" of docs/errors.md, on every path that can give it: the code, the field, nothing changed, and the message kept.

interface Refused {
  operation: Operation;
  call: Call;
}

const seen = new Set<string>();

async function expectRefused({ operation, call }: Refused, code: keyof typeof ERRORS, field: string) {
  const before = await snapshot();
  const answer = await callGateway(operation, call);
  seen.add(code);
  const { status } = ERRORS[code];
  expect(refusalIn(answer)).toEqual({ code, field });
  expect(answer.status).toBe(status);
  expect(answer.json.response_code).toBe(status === 200 ? 1 : status);
  expect(answer.json.response_message).not.toBe("");
  expect(await snapshot()).toEqual(before);

  const kept = await prisma.refusedMessage.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(kept).toMatchObject({ operation, status, errorCd: code, errorField: field, receivedAt: NOW });
  expect(JSON.parse(kept.body)).toEqual(call.body);
  return { answer, kept };
}

type Case = [name: string, code: keyof typeof ERRORS, field: string, make: () => Promise<Refused>];

const LINE = "payment.invoicesPayInfos";

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

  test("the answer is a whole PaymentResponse", async () => {
    const { operation, call } = await changed({ "b2bIds.supplierB2BId": "NOBODY@BCB" });
    const { answer, kept } = await expectRefused({ operation, call }, "UNKNOWN_SUPPLIER", "b2bIds.supplierB2BId");
    const { b2bIds, payment, additionalInfos } = call.body as Record<string, unknown>;
    expect(answer.json.payload).toEqual({
      resp: expect.objectContaining({ result: "FAILURE" }),
      b2bIds,
      payment,
      additionalInfos,
    });
    expect(kept).toMatchObject({ supplierB2BId: "NOBODY@BCB", objectId: (payment as { objectId: string }).objectId });
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

const CONFIRMATION = "paymentConfirmation";

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
        const infos = reqPay.payment.invoicesPayInfos.map(
          ({ objectId, supplierInvoiceNumber, objectVersion, statusTransition }) => ({
            objectId,
            supplierInvoiceNumber,
            objectVersion,
            statusTransition,
          }),
        );
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

describe("with an API key", () => {
  test("a bill that isn't there, an amount above the due, a payment to oneself", async () => {
    const { buyer, supplier, reqPay } = await paidTrade();
    const apiKey = await makeApiKey(buyer);
    const body = (changes: Record<string, unknown>) =>
      edited(reqPay, { "payment.objectId": mintPaymentObjectId(), ...changes });
    const call = (changes: Record<string, unknown>) => ({
      operation: "req-pay" as const,
      call: { body: body(changes), apiKey },
    });
    await expectRefused(
      call({ [`${LINE}[0].objectId`]: mintInvoiceObjectId() }),
      "INVOICE_NOT_FOUND",
      `${LINE}[0].objectId`,
    );
    await expectRefused(
      call({ [`${LINE}[1].supplierInvoiceNumber`]: "X" }),
      "INVOICE_MISMATCH",
      `${LINE}[1].supplierInvoiceNumber`,
    );
    // All of it is claimed by the payment that is on its way.
    const { kept } = await expectRefused(call({}), "EXCEEDS_DUE", `${LINE}[0].invoicePaymentAmount.totalAmount`);
    expect(kept.caller).toBe(`business ${buyer.b2bId}`);
    expect(kept.errorDtl).toMatch(/Nothing is due any more on KM\/\d+\. ₹1,000\.00 of it waits for confirmation\./);
    const own = { "b2bIds.supplierB2BId": buyer.b2bId };
    await expectRefused(call(own), "SAME_PARTY", "b2bIds.supplierB2BId");
    const other = { "b2bIds.buyerB2BId": supplier.b2bId };
    await expectRefused(call(other), "FORBIDDEN", "b2bIds.buyerB2BId");
  });

  test("the same objectId for another payment: 409", async () => {
    const { buyer, reqPay } = await paidTrade();
    const body = edited(reqPay, { "payment.utr": "ANOTHER" });
    const call = { body, apiKey: await makeApiKey(buyer) };
    await expectRefused({ operation: "req-pay", call }, "DUPLICATE_CONFLICT", "payment.objectId");
  });

  test("an answer to a payment that isn't there, of another buyer, not allowed, or given already", async () => {
    const { supplier, confirmation } = await answeredTrade();
    const apiKey = await makeApiKey(supplier);
    const call = (changes: Record<string, unknown>) => ({
      operation: "req-pay-confirmation" as const,
      call: { body: edited(confirmation, changes), apiKey },
    });
    const C = CONFIRMATION;
    await expectRefused(call({ [`${C}.objectId`]: mintPaymentObjectId() }), "PAYMENT_NOT_FOUND", `${C}.objectId`);
    await expectRefused(call({ "b2bIds.buyerB2BId": "OTHER@BCB" }), "PAYMENT_NOT_FOUND", "b2bIds.buyerB2BId");
    await expectRefused(call({ "b2bIds.supplierB2BId": "OTHER@BCB" }), "FORBIDDEN", "b2bIds.supplierB2BId");
    // A colleague gave another answer on the page.
    const other = { [`${C}.supplierResponse`]: "REJECT" };
    await expectRefused(call(other), "ALREADY_ANSWERED", `${C}.supplierResponse`);
    const onPlatform = { [`${C}.type`]: "ONPLATFORM", ...other };
    await expectRefused(call(onPlatform), "REJECT_NOT_ALLOWED", `${C}.supplierResponse`);
  });

  test("the outcomes are the network's alone to tell: 403", async () => {
    const { buyer, reqPay } = await paidTrade();
    const call = { body: respPayOf(reqPay), apiKey: await makeApiKey(buyer) };
    await expectRefused({ operation: "resp-pay", call }, "FORBIDDEN", "");
    const trade = await answeredTrade();
    const outcome = { body: outcomeOf(trade.confirmation), apiKey: await makeApiKey(trade.supplier) };
    await expectRefused({ operation: "resp-pay-confirmation", call: outcome }, "FORBIDDEN", "");
  });
});

describe("what is kept of a refused message", () => {
  test("is cut to size, and can be stored whatever it was", async () => {
    const bytes = Buffer.concat([Buffer.from('{"payment":"'), Buffer.alloc(200_000, 0xff), Buffer.from('"}')]);
    const answer = await callGateway("req-pay", { body: bytes });
    expect(refusalIn(answer)).toEqual({ code: "MALFORMED_JSON", field: "" });
    expect(answer.status).toBe(400);
    const kept = await prisma.refusedMessage.findFirstOrThrow({ orderBy: { id: "desc" } });
    expect(kept.body.startsWith('{"payment":"\uFFFD')).toBe(true);
    expect(Buffer.byteLength(kept.body)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(kept.body)).toBeGreaterThan(60_000);
  });

  test("a refusal that can't be kept is given all the same", async () => {
    const { reqPay } = await paidTrade();
    await prisma.$executeRaw`ALTER TABLE refused_message RENAME TO refused_message_away`;
    try {
      const answer = await callGateway("req-pay", { body: edited(reqPay, { "b2bIds.supplierB2BId": "NOBODY@BCB" }) });
      expect(refusalIn(answer)?.code).toBe("UNKNOWN_SUPPLIER");
    } finally {
      await prisma.$executeRaw`ALTER TABLE refused_message_away RENAME TO refused_message`;
    }
  });
});

afterAll(() => {
  const business = Object.entries(ERRORS).flatMap(([code, { status }]) => (status === 200 ? [code] : []));
  expect(business.filter((code) => !seen.has(code))).toEqual([]);
});

test("of one business's refused messages so many are kept and no more; of the network's all", async () => {
  const refusal = refuse("MALFORMED_JSON");
  const keep = (caller: string, now: Date) =>
    keepRefused({ operation: "req-pay", caller, json: null, body: Buffer.from("{"), refusal, status: 400 }, now);
  const countOf = (caller: string) => prisma.refusedMessage.count({ where: { caller, body: "{" } });
  const callers = { loud: "business LOUD@BCB", quiet: "business QUIET@BCB", network: "network" };
  const times = Array.from({ length: 510 });
  await Promise.all(times.flatMap(() => [keep(callers.loud, NOW), keep(callers.network, NOW)]));
  await keep(callers.quiet, NOW);
  expect([await countOf(callers.loud), await countOf(callers.quiet), await countOf(callers.network)]).toEqual([
    500, 1, 510,
  ]);
  await keep(callers.loud, new Date(NOW.getTime() + 1_000));
  expect(await countOf(callers.loud)).toBe(501);
});
