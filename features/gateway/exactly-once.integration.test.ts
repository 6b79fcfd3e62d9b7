import { describe, expect, test } from "vitest";
import { createPayment } from "@/features/payments/mutations/create";
import type { Operation } from "@/features/protocol/schema";
import { edited } from "@/features/protocol/testing/edited";
import { mintInvoiceObjectId, mintPaymentObjectId } from "@/lib/ids";
import { booksOf, paymentOf, statusesOf } from "@/tests/books";
import { type Call, callGateway, makeApiKey, NOW, refusalIn, snapshot } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import {
  answered,
  answeredTrade,
  arrivedTrade,
  FAILURE,
  makeTrade,
  outcomeOf,
  paidTrade,
  respPayOf,
} from "@/tests/trade";

/** The same JSON with the keys of every object the other way round, and laid out in lines. */
function rewritten(body: unknown): string {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, each]) => [key, turned(each)]),
    );
  };
  return JSON.stringify(turned(body), null, "\t").replaceAll("/", "\\/");
}

const later = new Date(NOW.getTime() + 3 * 86_400_000);

type Message = [
  name: string,
  operation: Operation,
  make: () => Promise<Call & { body: object }>,
  other: Record<string, unknown>,
];

const messages: Message[] = [
  ["req-pay of the network", "req-pay", async () => ({ body: (await paidTrade()).reqPay }), { "payment.utr": "OTHER" }],
  [
    "req-pay of a business's software",
    "req-pay",
    async () => {
      const { buyer, supplier, first, reqPay } = await unpaidTrade();
      expect((await booksOf(first)).payable.pending).toBe(0);
      expect(supplier.b2bId).toBe(reqPay.b2bIds.supplierB2BId);
      return { body: reqPay, apiKey: await makeApiKey(buyer) };
    },
    { "payment.utr": "OTHER" },
  ],
  [
    "resp-pay",
    "resp-pay",
    async () => ({ body: respPayOf((await paidTrade()).reqPay) }),
    { "resp.reqMsgId": "REQ-OTHER" },
  ],
  [
    "req-pay-confirmation of the network",
    "req-pay-confirmation",
    async () => ({ body: (await answeredTrade()).confirmation }),
    { "paymentConfirmation.supplierRemarks": "Other" },
  ],
  [
    "req-pay-confirmation of a business's software",
    "req-pay-confirmation",
    async () => {
      const { confirmation } = await answeredTrade();
      const { supplier, reqPay } = await arrivedTrade();
      const { paymentConfirmation } = confirmation;
      const invoiceInfos = reqPay.payment.invoicesPayInfos.map((info, index) => ({
        ...paymentConfirmation.invoiceInfos[index],
        objectId: info.objectId,
        supplierInvoiceNumber: info.supplierInvoiceNumber,
      }));
      const content = { ...paymentConfirmation, objectId: reqPay.payment.objectId, invoiceInfos };
      const body = { ...confirmation, b2bIds: reqPay.b2bIds, paymentConfirmation: content };
      return { body, apiKey: await makeApiKey(supplier) };
    },
    { "paymentConfirmation.supplierRemarks": "Other" },
  ],
  [
    "resp-pay-confirmation",
    "resp-pay-confirmation",
    async () => ({ body: outcomeOf((await answeredTrade()).confirmation) }),
    { "resp.errorDtl": "Other" },
  ],
];

/** A req-pay as a business's software would write it, for a payment that doesn't exist yet. */
async function unpaidTrade() {
  const trade = await makeTrade();
  const { reqPay } = await paidTrade();
  const body = {
    ...reqPay,
    b2bIds: { buyerB2BId: trade.buyer.b2bId, supplierB2BId: trade.supplier.b2bId },
    payment: {
      ...reqPay.payment,
      objectId: mintPaymentObjectId(),
      invoicesPayInfos: [trade.first, trade.second].map(({ objectId, number }, index) => ({
        ...reqPay.payment.invoicesPayInfos[index],
        objectId,
        supplierInvoiceNumber: number,
      })),
    },
  };
  return { ...trade, reqPay: body };
}

describe.each(messages)("%s", (_name, operation, make, other) => {
  test("again, with other key order and days later: its first reply byte for byte, and nothing changes", async () => {
    const call = await make();
    const first = await callGateway(operation, call);
    expect(first.json.response_code).toBe(0);
    const after = await snapshot();
    for (const body of [call.body, rewritten(call.body)]) {
      const again = await callGateway(operation, { ...call, body, now: later });
      expect([again.status, again.body]).toEqual([first.status, first.body]);
    }
    expect(await snapshot()).toEqual(after);
  });

  test("thirty times at once: one reply, one row", async () => {
    const call = await make();
    const before = await prisma.message.count({ where: { direction: "IN" } });
    const answers = await Promise.all(Array.from({ length: 30 }, () => callGateway(operation, call)));
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    expect(answers[0]?.json.response_code).toBe(0);
    expect(await prisma.message.count({ where: { direction: "IN" } })).toBe(before + 1);
  });

  test("the same objectId with other content: 409, and nothing changes", async () => {
    const call = await make();
    await callGateway(operation, call);
    const after = await snapshot();
    const answer = await callGateway(operation, { ...call, body: edited(call.body, other) });
    const field = operation.endsWith("confirmation") ? "paymentConfirmation.objectId" : "payment.objectId";
    expect([answer.status, answer.json.response_code]).toEqual([409, 409]);
    expect(refusalIn(answer)).toEqual({ code: "DUPLICATE_CONFLICT", field });
    expect(await snapshot()).toEqual(after);
  });
});

test("a message that was refused is judged afresh when it comes again", async () => {
  const { supplier, first, reqPay } = await paidTrade();
  const where = { businessId: supplier.businessId, id: first.receivableId };
  await prisma.invoice.updateMany({ where, data: { objectId: mintInvoiceObjectId() } });
  expect(refusalIn(await callGateway("req-pay", { body: reqPay }))?.code).toBe("INVOICE_NOT_FOUND");
  expect(refusalIn(await callGateway("req-pay", { body: reqPay }))?.code).toBe("INVOICE_NOT_FOUND");
  await prisma.invoice.updateMany({ where, data: { objectId: first.objectId } });
  expect((await callGateway("req-pay", { body: reqPay })).json.response_code).toBe(0);
  expect((await booksOf(first)).receivable.pending).toBe(100_000);
});

test("a refused message again with other content is judged too: nothing of the first remains", async () => {
  const { supplier, reqPay } = await paidTrade();
  const wrong = edited(reqPay, { "payment.invoicesPayInfos[0].supplierInvoiceNumber": "KM/0" });
  expect(refusalIn(await callGateway("req-pay", { body: wrong }))?.code).toBe("INVOICE_MISMATCH");
  expect((await callGateway("req-pay", { body: reqPay })).json.response_code).toBe(0);
  expect(await prisma.payment.count({ where: { businessId: supplier.businessId } })).toBe(1);
});

describe("a business's own software", () => {
  test("pays exactly as the page does: the same rows, the same message", async () => {
    const byApi = await unpaidTrade();
    const byPage = await makeTrade();
    const key = await makeApiKey(byApi.buyer);
    const body = edited(byApi.reqPay, { "device.tag.value": "19.0760,72.8777" });
    expect((await callGateway("req-pay", { body, apiKey: key })).json.response_code).toBe(0);
    const lines = [
      { invoice: byPage.first, net: 98_000, tds: 2_000 },
      { invoice: byPage.second, net: 50_000 },
    ];
    const request = paymentOf(byPage.supplier, lines, { additionalInfos: [] });
    await createPayment(byPage.buyer, request, NOW);

    // As payment_line.search has a number: blanks for its signs.
    const searched = (number: string) => number.toLowerCase().replace(/\W/g, " ");
    const rowsOf = async ({ buyer, first, second }: typeof byPage) => {
      const where = { businessId: buyer.businessId };
      const payment = await prisma.payment.findFirstOrThrow({
        where,
        include: { lines: { orderBy: { position: "asc" } } },
      });
      const message = await prisma.message.findFirstOrThrow({ where: { ...where, direction: "OUT" } });
      const audit = await prisma.auditEvent.findMany({ where });
      const invoices = await prisma.invoice.findMany({ where, orderBy: { total: "desc" } });
      // Ids, names and hashes of each trade's own stand for themselves.
      const own = [
        [payment.objectId, "PAYMENT"],
        [payment.counterpartyB2BId, "SUPPLIER"],
        [buyer.b2bId, "BUYER"],
        [buyer.businessId, "BUSINESS"],
        ...[first, second].flatMap(({ objectId, number, payableId }, i) => [
          [searched(number), `WORDS${i}`],
          [objectId, `INVOICE${i}`],
          [payableId, `BILL${i}`],
          [number, `NUMBER${i}`],
        ]),
      ] as [string, string][];
      const plain = (row: object) => {
        const text = JSON.stringify(row, (_key, value) => (typeof value === "bigint" ? Number(value) : value));
        return JSON.parse(own.reduce((all, [id, name]) => all.replaceAll(id, name), text));
      };
      const { contentHash: _hash, id: _id, requestId: _request, ...sent } = plain(message);
      const { requestHash: _requestHash, ...made } = plain(payment);
      return {
        made: { ...made, createdBy: null },
        sent: { ...sent, body: JSON.parse(plain({ body: message.body }).body) },
        audit: audit.map((event) => [event.action, plain(event).after, event.subjectKind]),
        invoices: invoices.map(plain).map(({ duplicateKey: _key, createdAt: _at, ...row }) => row),
      };
    };
    expect(await rowsOf(byApi)).toEqual(await rowsOf(byPage));
  });

  test("repeats in its own words what the page has sent: it is the same payment", async () => {
    const { buyer, reqPay, request } = await paidTrade({ additionalInfos: [] });
    const answer = await callGateway("req-pay", { body: reqPay, apiKey: await makeApiKey(buyer) });
    expect(answer.json.response_code).toBe(0);
    expect(await prisma.payment.count({ where: { objectId: request.objectId } })).toBe(1);
    expect(await prisma.message.count({ where: { businessId: buyer.businessId, direction: "OUT" } })).toBe(1);
  });

  test("answers again after a FAILURE, with another answer; a conflict stands while an answer is under way", async () => {
    const trade = await answeredTrade({ response: "REJECT", remarks: "Not here" });
    const { supplier, confirmation } = trade;
    const apiKey = await makeApiKey(supplier);
    const C = "paymentConfirmation";
    const answerWith = (changes: Record<string, unknown>) =>
      callGateway("req-pay-confirmation", { body: edited(confirmation, changes), apiKey });
    const failed = { reqMsgId: "R1", ...FAILURE };
    await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation, failed) });

    const accept = { [`${C}.supplierResponse`]: "ACCEPT", [`${C}.supplierRemarks`]: "Found it" };
    const first = await answerWith(accept);
    expect(first.json.response_code).toBe(0);
    expect((await answerWith(accept)).body).toBe(first.body);
    expect((await answerWith({ ...accept, [`${C}.supplierRemarks`]: "Again" })).status).toBe(409);
    const sent = await prisma.message.findMany({
      where: { businessId: supplier.businessId, direction: "OUT" },
      orderBy: { revision: "asc" },
    });
    expect(sent.map((message) => message.revision)).toEqual([0, 1]);

    // That one isn't taken either; the next has its own reply, and the one before keeps its own.
    const second = JSON.parse(sent[1]?.body ?? "");
    await callGateway("resp-pay-confirmation", { body: outcomeOf(second, { ...failed, reqMsgId: "R2" }) });
    const again = await answerWith({ ...accept, [`${C}.supplierRemarks`]: "Once more" });
    expect(again.json.response_code).toBe(0);
    expect(again.body).not.toBe(first.body);
    expect((await answerWith(accept)).body).toBe(first.body);
    expect((await statusesOf(trade.request.objectId)).incoming).toBe("CONFIRMING");
  });

  test("answers exactly as the page does: the same message", async () => {
    const byPage = await arrivedTrade();
    const byApi = await arrivedTrade();
    const page = await answered(byPage, { response: "ACCEPT", remarks: "Received" });
    const infos = byApi.reqPay.payment.invoicesPayInfos.map(({ objectId, supplierInvoiceNumber }, i) => ({
      ...page.paymentConfirmation.invoiceInfos[i],
      objectId,
      supplierInvoiceNumber,
    }));
    const own = { objectId: byApi.request.objectId, invoiceInfos: infos };
    const body = { ...page, b2bIds: byApi.reqPay.b2bIds, paymentConfirmation: { ...page.paymentConfirmation, ...own } };
    await callGateway("req-pay-confirmation", { body, apiKey: await makeApiKey(byApi.supplier) });
    const where = { businessId: byApi.supplier.businessId, direction: "OUT" } as const;
    expect(JSON.parse((await prisma.message.findFirstOrThrow({ where })).body)).toEqual(body);
  });
});
