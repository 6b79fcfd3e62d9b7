import { describe, expect, test } from "vitest";
import * as approveRoutes from "@/app/api/v1/businesses/[business]/payments/[objectId]/approve/route";
import * as declineRoutes from "@/app/api/v1/businesses/[business]/payments/[objectId]/decline/route";
import * as paymentsRoutes from "@/app/api/v1/businesses/[business]/payments/route";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { getHome } from "@/features/home/data";
import { getInvoice, listInvoices } from "@/features/invoices/data";
import { invoiceQuerySchema } from "@/features/invoices/schema";
import { isToApprove } from "@/features/invoices/words";
import { paymentQuerySchema } from "@/features/payments/api";
import { getPayment, listPayments } from "@/features/payments/data";
import { approvePayment } from "@/features/payments/mutations/approve";
import { createPayment, createPaymentIn } from "@/features/payments/mutations/create";
import { declinePayment } from "@/features/payments/mutations/decline";
import type { PaymentRequest } from "@/features/payments/schema";
import { transact } from "@/lib/db";
import { mintPaymentObjectId, uuidv7 } from "@/lib/ids";
import { apiOf } from "@/tests/api";
import { askForApproval, colleagueOf } from "@/tests/approvals";
import { booksOf, paymentOf, statusesOf } from "@/tests/books";
import { callGateway, NOW, refusalIn } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { expectBooks } from "@/tests/sound-books";
import { answered, invoiceInfosOf, makeTrade, outcomeOf, respPayOf, sentReqPay, type Trade } from "@/tests/trade";

const LATER = new Date(NOW.getTime() + 2 * 86_400_000);

/** A request to pay both invoices of a trade, ₹1,500 in all. */
const bothOf = ({ supplier, first, second }: Trade, changes: Partial<PaymentRequest> = {}) =>
  paymentOf(
    supplier,
    [
      { invoice: first, net: 98_000, tds: 2_000 },
      { invoice: second, net: 50_000 },
    ],
    changes,
  );

/** The buyer has paid both; a second person is asked from just that amount on. */
async function heldTrade(changes: Partial<PaymentRequest> = {}) {
  const trade = await makeTrade();
  await askForApproval(trade.buyer, 150_000);
  const request = bothOf(trade, changes);
  expect(await createPayment(trade.buyer, request, NOW)).toMatchObject({ kind: "created" });
  return { ...trade, request, checker: colleagueOf(trade.buyer) };
}

const sentAbout = (objectId: string) =>
  prisma.message.findMany({ where: { objectId, direction: "OUT" }, select: { operation: true, state: true } });
const versionOf = async ({ payableId }: { payableId: string }) =>
  (await prisma.invoice.findFirstOrThrow({ where: { id: payableId } })).version;
const eventsOf = async (objectId: string) =>
  (await prisma.auditEvent.findMany({ where: { subjectId: objectId }, orderBy: { id: "asc" } })).map(
    ({ action, actorName }) => [action, actorName],
  );

/** The text of the req-pay that a payment would send if it were made now and needed no approval. */
async function wouldSend(scope: BusinessScope, request: PaymentRequest): Promise<string> {
  let body = "";
  const made = transact(scope, async (tx) => {
    await createPaymentIn(tx, scope, request, NOW);
    body = (await tx.message.findFirstOrThrow({ where: { objectId: request.objectId } })).body;
    throw new Error("only asked");
  });
  await expect(made).rejects.toThrow("only asked");
  return body;
}

describe("a payment that a second person approves", () => {
  test("holds its bills, waits two days, and nobody outside hears of it", async () => {
    const { buyer, first, request } = await heldTrade();
    expect(await sentAbout(request.objectId)).toEqual([]);
    expect(await getPayment(buyer, request.objectId, LATER)).toMatchObject({
      status: "AWAITING_APPROVAL",
      statusWords: "To approve",
      daysWaiting: 2,
      delivery: null,
      approval: { madeByYou: true },
      approved: null,
    });
    expect((await booksOf(first)).payable).toEqual({ status: "PAYMENT_INITIATED", paid: 0, pending: 100_000 });
    expect(await versionOf(first)).toBe(1);
    const { pay } = await getHome(buyer, LATER);
    expect([pay.toApprove, pay.waiting.count]).toEqual([{ count: 1, totalPaise: 150_000, oldestDays: 2 }, 0]);
    const query = paymentQuerySchema.parse({ side: "outgoing", status: "AWAITING_APPROVAL" });
    expect((await listPayments(buyer, query)).items.map(({ objectId }) => objectId)).toEqual([request.objectId]);
  });

  test("is made once, however often it is asked for; other content under its id is refused, and so is what is held", async () => {
    const { buyer, supplier, first, request } = await heldTrade();
    expect(await createPayment(buyer, request, LATER)).toEqual({ kind: "replayed", objectId: request.objectId });
    await askForApproval(buyer, null);
    expect(await createPayment(buyer, request, LATER)).toEqual({ kind: "replayed", objectId: request.objectId });
    expect(await createPayment(buyer, { ...request, utr: "OTHER1" }, NOW)).toMatchObject({
      refusal: { code: "DUPLICATE_CONFLICT" },
    });
    expect(await createPayment(buyer, paymentOf(supplier, [{ invoice: first, net: 1 }]), NOW)).toMatchObject({
      refusal: { code: "EXCEEDS_DUE" },
    });
    expect(await sentAbout(request.objectId)).toEqual([]);
  });

  test("has the lists of bills say so of a bill on which nothing else is on its way", async () => {
    const { buyer, supplier, first, second, request, checker } = await heldTrade();
    const toApprove = async (scope: BusinessScope, side: "payable" | "receivable") =>
      (await listInvoices(scope, invoiceQuerySchema.parse({ side }), NOW)).toApprove.sort();
    expect(await toApprove(buyer, "payable")).toEqual([first.payableId, second.payableId].sort());
    expect(await toApprove(supplier, "receivable")).toEqual([]);
    for (const { payableId } of [first, second])
      expect(isToApprove(await getInvoice(buyer, payableId, NOW))).toBe(true);
    await declinePayment(checker, request.objectId, { remarks: "Wrong" }, NOW);
    expect(await toApprove(buyer, "payable")).toEqual([]);

    // A part that is approved, beside one that waits.
    const parts = [20_000, 30_000].map((net) => paymentOf(supplier, [{ invoice: first, net }]));
    await askForApproval(buyer, 25_000);
    for (const part of parts) await createPayment(buyer, part, NOW);
    expect(await toApprove(buyer, "payable")).toEqual([]);
    expect(isToApprove(await getInvoice(buyer, first.payableId, NOW))).toBe(false);
  });

  test("below the amount it goes at once", async () => {
    const trade = await makeTrade();
    await askForApproval(trade.buyer, 150_001);
    const request = bothOf(trade);
    await createPayment(trade.buyer, request, NOW);
    expect(await sentAbout(request.objectId)).toHaveLength(1);
    expect((await getPayment(trade.buyer, request.objectId)).approval).toBeNull();
  });

  test("approved, it tells the supplier just what it would have told without, and goes its way to the end", async () => {
    const trade = await makeTrade();
    const additionalInfos = [{ name: "PO", value: "4711" }];
    const request = bothOf(trade, { geocode: "12.97,77.59", additionalInfos });
    const without = await wouldSend(trade.buyer, request);
    await askForApproval(trade.buyer, 0);
    await createPayment(trade.buyer, request, NOW);
    const checker = colleagueOf(trade.buyer);
    expect(await approvePayment(checker, request.objectId, LATER)).toBe("approved");

    const reqPay = await sentReqPay(request.objectId);
    expect(reqPay).toEqual(JSON.parse(without));
    expect(await getPayment(trade.buyer, request.objectId, LATER)).toMatchObject({
      status: "SENDING",
      daysWaiting: 0,
      approval: null,
      approved: { by: "Asha Rao", at: LATER.toISOString() },
    });
    expect(await eventsOf(request.objectId)).toEqual([
      ["payment.created", "Anvaya's clerk"],
      ["payment.approved", "Asha Rao"],
    ]);
    const { json } = await callGateway("req-pay", { body: reqPay });
    expect(json.response_code).toBe(0);
    await callGateway("resp-pay", { body: respPayOf(reqPay) });
    const confirmation = await answered({ ...trade, request }, { response: "ACCEPT", remarks: "Received" }, LATER);
    await callGateway("req-pay-confirmation", { body: confirmation });
    await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation) });
    expect(await statusesOf(request.objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
    await expectBooks(trade);
  });

  test("tells of its bills as they are when it is approved", async () => {
    const trade = await makeTrade();
    const held = paymentOf(trade.supplier, [{ invoice: trade.first, net: 59_000, tds: 1_000 }]);
    await askForApproval(trade.buyer, 50_000);
    await createPayment(trade.buyer, held, NOW);
    // Another payment of the same bill, small enough, is made and accepted meanwhile.
    const small = paymentOf(trade.supplier, [{ invoice: trade.first, net: 30_000 }]);
    await createPayment(trade.buyer, small, NOW);
    const reqPay = await sentReqPay(small.objectId);
    await callGateway("req-pay", { body: reqPay });
    const confirmation = await answered({ ...trade, request: small }, { response: "ACCEPT", remarks: "Received" });
    await callGateway("req-pay-confirmation", { body: confirmation });
    const version = await versionOf(trade.first);
    expect(version).toBeGreaterThan(1);

    expect(await approvePayment(colleagueOf(trade.buyer), held.objectId, LATER)).toBe("approved");
    const [said] = invoiceInfosOf(await sentReqPay(held.objectId));
    expect(said?.objectVersion).toMatchObject({ currentVersion: version, newVersion: version + 1 });
    expect(await versionOf(trade.first)).toBe(version + 1);
    const line = await prisma.paymentLine.findFirstOrThrow({ where: { paymentObjectId: held.objectId } });
    expect(line).toMatchObject({ currentVersion: version, newVersion: version + 1, invoiceDue: 70_000n });
    expect(line.currentStatus).toBe("PART PAID");
    await expectBooks(trade);
  });

  test("not by who made it, nor by software, nor another business; and only once", async () => {
    const { buyer, supplier, request, checker } = await heldTrade();
    const { objectId } = request;
    expect(await approvePayment(buyer, objectId, NOW)).toBe("own");
    expect(await approvePayment(supplier, objectId, NOW)).toBe("not-found");
    const call = await apiOf(buyer);
    const refused = await call(approveRoutes.POST, { params: { objectId }, method: "POST" });
    expect(refused.status).toBe(403);
    expect(await sentAbout(objectId)).toEqual([]);
    expect(await approvePayment(checker, objectId, NOW)).toBe("approved");
    expect(await approvePayment(checker, objectId, NOW)).toBe("not-waiting");
    expect(await declinePayment(checker, objectId, { remarks: "No" }, NOW)).toBe("not-waiting");
    expect(await sentAbout(objectId)).toHaveLength(1);
  });
});

describe("a payment that is not approved", () => {
  test("fails with who said why, and its bills are due again; not without remarks", async () => {
    const trade = await heldTrade();
    const { buyer, checker, first, second, request } = trade;
    const { objectId } = request;
    expect(await declinePayment(checker, objectId, { remarks: "" }, NOW)).toBe("no-remarks");
    expect(await declinePayment(checker, objectId, { remarks: "Wrong UTR" }, NOW)).toBe("declined");
    const payment = await getPayment(buyer, objectId);
    expect(payment).toMatchObject({
      status: "FAILED",
      failure: { code: "DECLINED", detail: "Wrong UTR" },
      approval: null,
      delivery: null,
    });
    expect(payment.timeline.map(({ title, detail, actor }) => [title, detail, actor])).toEqual([
      ["Payment recorded", expect.stringContaining("HDFCN26324123456"), "Anvaya's clerk"],
      ["Not approved", "“Wrong UTR”", "Asha Rao"],
    ]);
    for (const bill of [first, second]) expect((await booksOf(bill)).payable).toMatchObject({ paid: 0, pending: 0 });
    expect((await getHome(buyer, NOW)).pay.toApprove.count).toBe(0);
    expect(await createPayment(buyer, { ...request, objectId: mintPaymentObjectId() }, NOW)).toMatchObject({
      kind: "created",
    });
    await expectBooks(trade);
  });

  test("is taken back by who made it, without a reason if they like", async () => {
    const { buyer, first, request } = await heldTrade();
    expect(await declinePayment(buyer, request.objectId, { remarks: "" }, NOW)).toBe("declined");
    expect(await getPayment(buyer, request.objectId)).toMatchObject({
      status: "FAILED",
      failure: { code: "WITHDRAWN" },
    });
    expect((await booksOf(first)).payable.pending).toBe(0);
  });

  test("software that pays in the network's own words waits like everybody", async () => {
    const trade = await makeTrade();
    const request = bothOf(trade);
    const reqPay = JSON.parse(await wouldSend(trade.buyer, request));
    await askForApproval(trade.buyer, 0);
    const owner = mintScope({ ...trade.buyer, role: "OWNER" });
    const { keyText } = await createApiKey(owner, { id: uuidv7(), name: "ERP" });
    const { json } = await callGateway("req-pay", { body: reqPay, apiKey: keyText });
    expect(json.response_code).toBe(0);
    expect(await sentAbout(request.objectId)).toEqual([]);
    expect(await getPayment(trade.buyer, request.objectId)).toMatchObject({
      status: "AWAITING_APPROVAL",
      createdBy: "ERP",
      approval: { madeByYou: false },
    });
    expect(await approvePayment(trade.buyer, request.objectId, NOW)).toBe("approved");
    expect(await sentReqPay(request.objectId)).toEqual(reqPay);
  });

  test("software takes back its own, and says no to nothing else", async () => {
    const trade = await makeTrade();
    await askForApproval(trade.buyer, 0);
    const [mine, other] = [await apiOf(trade.buyer), await apiOf(trade.buyer)];
    const request = bothOf(trade);
    const made = await mine(paymentsRoutes.POST, { body: request });
    expect([made.status, (await made.json()).status]).toEqual([201, "AWAITING_APPROVAL"]);
    const params = { objectId: request.objectId };
    const refused = await other(declineRoutes.POST, { params, body: { remarks: "No" } });
    expect([refused.status, (await refused.json()).detail]).toEqual([
      403,
      "An API key may take back only a payment that it made itself.",
    ]);
    const back = await mine(declineRoutes.POST, { params, body: { remarks: "" } });
    expect([back.status, (await back.json()).failure]).toMatchObject([200, { code: "WITHDRAWN" }]);
    const twice = await mine(declineRoutes.POST, { params, body: { remarks: "" } });
    expect(twice.status).toBe(409);
  });

  test("whatever comes in about it is answered as for a payment that isn't there", async () => {
    const trade = await makeTrade();
    const request = bothOf(trade);
    const reqPay = JSON.parse(await wouldSend(trade.buyer, request));
    await askForApproval(trade.buyer, 0);
    await createPayment(trade.buyer, request, NOW);
    // Somebody has told the supplier all the same.
    await callGateway("req-pay", { body: reqPay });
    const confirmation = await answered({ ...trade, request }, { response: "ACCEPT", remarks: "Received" });
    const told = async (reqMsgId: string) => [
      refusalIn(await callGateway("resp-pay", { body: respPayOf(reqPay, { reqMsgId }) })),
      refusalIn(await callGateway("req-pay-confirmation", { body: confirmation })),
    ];
    const unknown = [
      { code: "PAYMENT_NOT_FOUND", field: "payment.objectId" },
      { code: "PAYMENT_NOT_FOUND", field: "paymentConfirmation.objectId" },
    ];
    expect(await told("")).toEqual(unknown);
    expect((await statusesOf(request.objectId)).outgoing).toBe("AWAITING_APPROVAL");
    await declinePayment(colleagueOf(trade.buyer), request.objectId, { remarks: "No" }, NOW);
    expect(await told("")).toEqual(unknown);
    expect((await statusesOf(request.objectId)).outgoing).toBe("FAILED");
    expect((await booksOf(trade.first)).payable).toMatchObject({ paid: 0, pending: 0 });
  });
});

describe("of a yes and a no at the same moment", () => {
  test("one comes first, and the other finds it so", async () => {
    for (let round = 0; round < 8; round++) {
      const trade = await heldTrade();
      const { objectId } = trade.request;
      const outcomes = await Promise.all([
        approvePayment(trade.checker, objectId, NOW),
        approvePayment(colleagueOf(trade.buyer, "Ravi Menon"), objectId, NOW),
        declinePayment(trade.buyer, objectId, { remarks: "" }, NOW),
      ]);
      const [yes, alsoYes, no] = outcomes;
      expect(outcomes.filter((outcome) => outcome !== "not-waiting")).toHaveLength(1);
      const { status } = await getPayment(trade.buyer, objectId);
      expect(status).toBe(no === "declined" ? "FAILED" : "SENDING");
      const told = yes === "approved" || alsoYes === "approved";
      expect(await sentAbout(objectId)).toHaveLength(told ? 1 : 0);
      await expectBooks(trade);
    }
  });
});
