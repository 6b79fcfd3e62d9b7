import { describe, expect, test } from "vitest";
import * as paymentsRoutes from "@/app/api/v1/businesses/[business]/payments/route";
import { listActivity } from "@/features/activity/data";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { getPayment } from "@/features/payments/data";
import { createPayment } from "@/features/payments/mutations/create";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { mintPaymentObjectId, uuidv7 } from "@/lib/ids";
import { toWireTimestamp } from "@/lib/time";
import { apiOf } from "@/tests/api";
import { booksOf, makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { callGateway, NOW, refusalIn, snapshot } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answeredTrade, FAILURE, makeTrade, paidTrade, respPayOf } from "@/tests/trade";

describe("a payment is of this supplier's bills alone", () => {
  test("not of another supplier's", async () => {
    const { buyer, supplier, first } = await makeTrade();
    const other = await makeInvoice(buyer, await makeBusiness("Other"), 5_000);
    const before = await snapshot();
    const request = paymentOf(supplier, [
      { invoice: first, net: 1 },
      { invoice: other, net: 1 },
    ]);
    expect(await createPayment(buyer, request, NOW)).toEqual({
      kind: "refused",
      refusal: { code: "INVOICE_NOT_FOUND", line: 1 },
    });
    expect(await snapshot()).toEqual(before);
  });

  test("not of what the business itself has raised to them", async () => {
    const { buyer, supplier } = await makeTrade();
    const raised = await makeInvoice(supplier, buyer, 5_000);
    const pair = { ...raised, payableId: raised.receivableId };
    expect(await createPayment(buyer, paymentOf(supplier, [{ invoice: pair, net: 1 }]), NOW)).toMatchObject({
      kind: "refused",
      refusal: { code: "INVOICE_NOT_FOUND" },
    });
    expect((await booksOf(raised)).receivable.pending).toBe(0);
  });

  test("and never of one's own business", async () => {
    const { buyer, first } = await makeTrade();
    expect(await createPayment(buyer, paymentOf(buyer, [{ invoice: first, net: 1 }]), NOW)).toEqual({
      kind: "refused",
      refusal: { code: "SAME_PARTY" },
    });
  });
});

test("the same bills in another order, the same moment in another zone, another place: the same request", async () => {
  const { buyer, request } = await paidTrade();
  const before = await snapshot();
  const again = {
    ...request,
    lines: request.lines.toReversed(),
    paidAt: new Date(request.paidAt).toISOString(),
    geocode: "12.9,77.5",
    additionalInfos: [],
  };
  expect((await createPayment(buyer, again, NOW)).kind).toBe("replayed");
  const [first, second] = request.lines;
  if (!first || !second) throw new Error("two bills are paid");
  for (const other of [
    { ...request, paidAt: "2026-11-20T14:06:00+05:30" },
    { ...request, lines: [first] },
    { ...request, lines: [{ ...first, splits: [] }, second] },
    { ...request, additionalInfos: [{ name: "a", value: "b" }] },
  ])
    expect(await createPayment(buyer, other, NOW)).toMatchObject({ refusal: { code: "DUPLICATE_CONFLICT" } });
  expect(await snapshot()).toEqual(before);
});

describe("a payment of a time that is still to come", () => {
  const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

  test("is refused on the page and in the API alike, and not for a few minutes of another clock", async () => {
    const { buyer, supplier, first } = await makeTrade();
    const before = await snapshot();
    const request = (minutes: number) =>
      paymentOf(supplier, [{ invoice: first, net: 1 }], { paidAt: at(minutes).toISOString() });
    const refused = await createPayment(buyer, request(6), NOW);
    expect(refused).toEqual({ kind: "refused", refusal: { code: "TIMESTAMP_INVALID" } });
    expect(await snapshot()).toEqual(before);
    expect((await createPayment(buyer, request(4), NOW)).kind).toBe("created");

    const call = await apiOf(buyer);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const body = paymentOf(supplier, [{ invoice: first, net: 1 }], { paidAt: tomorrow });
    const response = await call(paymentsRoutes.POST, { body });
    const message = "The time of the payment is still to come.";
    expect([response.status, (await response.json()).errors]).toEqual([
      422,
      [{ path: "paidAt", message, code: "TOO_BIG" }],
    ]);
  });

  test("that was taken before is still the same one by a clock that was put back", async () => {
    const { buyer, request } = await paidTrade();
    expect((await createPayment(buyer, request, new Date("2026-11-19T10:00:00Z"))).kind).toBe("replayed");
  });

  test("is refused from the business's own software, and taken from the network", async () => {
    const { buyer, reqPay } = await paidTrade();
    const ts = toWireTimestamp(at(60));
    const anew = { ...reqPay, payment: { ...reqPay.payment, objectId: mintPaymentObjectId(), ts } };
    const { keyText: apiKey } = await createApiKey({ ...buyer, role: "OWNER" }, { id: uuidv7(), name: "ERP" });
    const refused = await callGateway("req-pay", { body: anew, apiKey });
    expect([refused.status, refusalIn(refused)]).toEqual([422, { code: "TIMESTAMP_INVALID", field: "payment.ts" }]);
    const told = await callGateway("req-pay", { body: { ...reqPay, payment: { ...reqPay.payment, ts } } });
    expect(told.json.response_code).toBe(0);
  });
});

test("who paid, and what, is told on its page and in the business's activity; who sent it again as well", async () => {
  const { buyer, request } = await paidTrade();
  await prisma.message.updateMany({
    where: { objectId: request.objectId },
    data: { state: "STOPPED", nextAttemptAt: null, settledAt: NOW },
  });
  const colleague = { ...buyer, actor: { ...buyer.actor, name: "Ravi" } };
  const later = new Date(NOW.getTime() + 1_000);
  expect(await sendAgain(colleague, "OUTGOING", request.objectId, later)).toBe("queued");
  const { createdBy, timeline } = await getPayment(buyer, request.objectId, NOW);
  expect(createdBy).toBe("Anvaya's clerk");
  expect(timeline[0]).toMatchObject({ title: "Payment recorded", actor: "Anvaya's clerk" });
  const { items } = await listActivity(buyer, { limit: 10 });
  expect(items.map(({ words, detail }) => [words, detail])).toEqual([
    ["Sent the payment of ₹1,480.00 to Kaveri again", null],
    ["Paid ₹1,480.00 to Kaveri", "UTR HDFCN26324123456"],
  ]);
  const sent = await prisma.auditEvent.findFirstOrThrow({ where: { action: "payment.sent-again" } });
  expect(sent.before).toBe('{"message":"STOPPED"}');
});

test("of a payment that was called failed, and is accepted all the same, no failure is left", async () => {
  const { buyer, request, reqPay, confirmation } = await answeredTrade();
  await prisma.message.deleteMany({ where: { businessId: buyer.businessId, operation: "RESP_PAY" } });
  await prisma.payment.updateMany({ where: { businessId: buyer.businessId }, data: { status: "SENDING" } });
  await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
  expect((await getPayment(buyer, request.objectId, NOW)).failure).toMatchObject({ code: FAILURE.errorCd });
  await callGateway("req-pay-confirmation", { body: confirmation });
  expect(await getPayment(buyer, request.objectId, NOW)).toMatchObject({
    status: "ACCEPTED",
    failure: null,
    respondedBy: "Kaveri",
    respondedAt: NOW.toISOString(),
  });
});
