import { beforeAll, describe, expect, test } from "vitest";
import {
  PAYMENT_CONFIRMATION_RESPONSE_EXAMPLE,
  PAYMENT_RESPONSE_EXAMPLE,
  REQ_PAY_CONFIRMATION_EXAMPLE,
  REQ_PAY_EXAMPLE,
  RESP_PAY_CONFIRMATION_EXAMPLE,
  RESP_PAY_EXAMPLE,
} from "@/features/protocol/examples";
import { edited } from "@/features/protocol/testing/edited";
import { uuidv7 } from "@/lib/ids";
import { rupeesToPaise } from "@/lib/money";
import { type Answer, callGateway, makeApiKey, NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";

// The seeds' examples, in the order in which they are sent, carry one payment through its whole life between two businesses.

const { buyerB2BId, supplierB2BId } = REQ_PAY_EXAMPLE.b2bIds;
const { objectId, invoicesPayInfos } = REQ_PAY_EXAMPLE.payment;
const buyer = { businessId: uuidv7() };
const supplier = { businessId: uuidv7() };

const inPaise = (rupees: number) => BigInt(rupeesToPaise(rupees) ?? -1);

/** The invoices of the examples in one party's books: what is no longer due on them was paid before. */
async function makeBooks(
  own: { businessId: string },
  b2bId: string,
  otherB2BId: string,
  side: "PAYABLE" | "RECEIVABLE",
) {
  const { businessId } = own;
  const account = invoicesPayInfos[0]?.supplierBankAccountDetails;
  await prisma.business.create({
    data: { id: businessId, slug: side.toLowerCase(), b2bId, legalName: b2bId, tradeName: b2bId, geocode: "12.9,77.5" },
  });
  await prisma.counterparty.create({
    data: {
      businessId,
      b2bId: otherB2BId,
      name: otherB2BId,
      bankAccountNumber: "501000124417",
      bankIfsc: account?.ifsc ?? null,
      bankBeneficiaryName: account?.beneficiaryName ?? null,
      vpa: account?.businessVPA ?? null,
    },
  });
  for (const { objectId, supplierInvoiceNumber, invoiceAmount } of invoicesPayInfos) {
    const total = inPaise(invoiceAmount.totalAmount);
    const paid = total - inPaise(invoiceAmount.dueAmount);
    await prisma.invoice.create({
      data: {
        businessId,
        side,
        objectId,
        supplierInvoiceNumber,
        total,
        paid,
        counterpartyB2BId: otherB2BId,
        counterpartyName: otherB2BId,
        status: paid > 0n ? "PART_PAID" : "CREATED",
        issueDate: new Date("2026-11-01"),
        dueDate: new Date("2026-12-01"),
        createdBy: "test",
      },
    });
  }
}

const statusOf = async (own: { businessId: string }) =>
  (await prisma.payment.findUniqueOrThrow({ where: { businessId_objectId: { ...own, objectId } } })).status;

const invoicesOf = (own: { businessId: string }) =>
  prisma.invoice.findMany({
    where: own,
    orderBy: { supplierInvoiceNumber: "asc" },
    select: { status: true, paid: true, pending: true },
  });

/** The string ack, exactly: seeds 001, 002, 003. */
async function expectAck(answer: Answer, own: { businessId: string }) {
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({
    payload: expect.stringMatching(/^REQ[0-9a-f]{32}$/),
    response_code: 0,
    response_message: "Success",
  });
  const taken = await prisma.message.findFirst({
    where: { ...own, direction: "IN", reqMsgId: String(answer.json.payload) },
  });
  expect(taken?.replyBody).toBe(answer.body);
}

/** The outgoing message's text, parsed. */
async function sent(own: { businessId: string }) {
  const message = await prisma.message.findFirstOrThrow({
    where: { ...own, direction: "OUT" },
    orderBy: { id: "desc" },
  });
  return JSON.parse(message.body);
}

const received = expect.stringMatching(/^REQ[0-9a-f]{32}$/);
const answered = (example: { resp: { reqMsgId: string } }) => ({
  ...example,
  resp: { ...example.resp, reqMsgId: received },
});

beforeAll(async () => {
  await makeBooks(buyer, buyerB2BId, supplierB2BId, "PAYABLE");
  await makeBooks(supplier, supplierB2BId, buyerB2BId, "RECEIVABLE");
});

describe("the seeds' examples", () => {
  test("003 Pay Invoices: the buyer's software pays, and the same message goes on to the network", async () => {
    await expectAck(await callGateway("req-pay", { body: REQ_PAY_EXAMPLE, apiKey: await makeApiKey(buyer) }), buyer);
    expect(await statusOf(buyer)).toBe("SENDING");
    // Only what the buyer's own books know better differs: this bill was paid in part before.
    const at = "payment.invoicesPayInfos[0].statusTransition.currentStatus";
    expect(await sent(buyer)).toEqual(edited(REQ_PAY_EXAMPLE, { [at]: "PART PAID" }));
  });

  test("004 Payment Request Webhook: the supplier has it, and answers with a PaymentResponse", async () => {
    const answer = await callGateway("req-pay", { body: REQ_PAY_EXAMPLE });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      response_code: 0,
      response_message: "Success",
      payload: answered(PAYMENT_RESPONSE_EXAMPLE),
    });
    expect(Object.keys(answer.json)).toEqual(["response_code", "response_message", "payload"]);
    expect(await statusOf(supplier)).toBe("AWAITING_CONFIRMATION");
    expect(await invoicesOf(supplier)).toEqual([
      { status: "PAYMENT_INITIATED", paid: 18_000_00n, pending: 100_000_00n },
      { status: "PAYMENT_INITIATED", paid: 0n, pending: 10_000_50n },
    ]);
  });

  test("002 Webhook Payment Response: the buyer knows that it arrived", async () => {
    await expectAck(await callGateway("resp-pay", { body: RESP_PAY_EXAMPLE }), buyer);
    expect(await statusOf(buyer)).toBe("AWAITING_CONFIRMATION");
    const sentOut = await prisma.message.findFirstOrThrow({ where: { ...buyer, direction: "OUT" } });
    expect(sentOut).toMatchObject({ state: "DELIVERED", reqMsgId: RESP_PAY_EXAMPLE.resp.reqMsgId });
  });

  test("000 with an API key: the supplier's software accepts, as its page would", async () => {
    const apiKey = await makeApiKey(supplier);
    await expectAck(
      await callGateway("req-pay-confirmation", { body: REQ_PAY_CONFIRMATION_EXAMPLE, apiKey }),
      supplier,
    );
    expect(await statusOf(supplier)).toBe("CONFIRMING");
    expect(await sent(supplier)).toEqual(
      edited(REQ_PAY_CONFIRMATION_EXAMPLE, {
        "device.tag.value": "12.9,77.5",
        "paymentConfirmation.ts": "2026-11-20T15:30:00+05:30",
      }),
    );
  });

  test("000 Webhook Payment Confirmation Request: the buyer's bills are paid", async () => {
    const answer = await callGateway("req-pay-confirmation", { body: REQ_PAY_CONFIRMATION_EXAMPLE });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      response_code: 0,
      response_message: "Success",
      payload: answered(PAYMENT_CONFIRMATION_RESPONSE_EXAMPLE),
    });
    expect(await statusOf(buyer)).toBe("ACCEPTED");
  });

  test("001 Webhook Payment Confirmation Response: the supplier's books follow, and both agree", async () => {
    await expectAck(await callGateway("resp-pay-confirmation", { body: RESP_PAY_CONFIRMATION_EXAMPLE }), supplier);
    expect(await statusOf(supplier)).toBe("ACCEPTED");
    const paid = [
      { status: "PAID", paid: 118_000_00n, pending: 0n },
      { status: "PAID", paid: 10_000_50n, pending: 0n },
    ];
    expect(await invoicesOf(buyer)).toEqual(paid);
    expect(await invoicesOf(supplier)).toEqual(paid);
    expect(await prisma.refusedMessage.count()).toBe(0);
  });

  test("every reply says that nobody may keep a copy, and names its request", async () => {
    const answer = await callGateway("resp-pay", { body: RESP_PAY_EXAMPLE, now: new Date(NOW.getTime() + 1000) });
    expect(answer.headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});
