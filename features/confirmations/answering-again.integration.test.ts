import { describe, expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import {
  acked,
  confirmationsOf,
  eventsOf,
  HERE,
  incomingOf,
  later,
  NOT_HERE,
  refusedSince,
  settle,
} from "@/tests/answers";
import { booksOf, statusesOf } from "@/tests/books";
import { callGateway, NOW, refusalIn } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answered, answeredTrade, arrivedTrade, FAILURE, outcomeOf } from "@/tests/trade";

test("an answer that arrived, but was reported as lost: the same answer again brings both sides together", async () => {
  const trade = await answeredTrade(HERE);
  const { objectId } = trade.request;
  await callGateway("req-pay-confirmation", { body: trade.confirmation });
  const lost = outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE });
  await callGateway("resp-pay-confirmation", { body: lost });
  expect(await statusesOf(objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "AWAITING_CONFIRMATION" });

  // Another answer can't undo the one that the buyer has.
  const other = await answered(trade, NOT_HERE, later);
  const conflict = refusalIn(await callGateway("req-pay-confirmation", { body: other }));
  expect(conflict?.code).toBe("DUPLICATE_CONFLICT");
  await callGateway("resp-pay-confirmation", { body: outcomeOf(other, { reqMsgId: "R1", ...FAILURE }) });

  const again = await answered(trade, HERE, later);
  expect(again).toEqual(trade.confirmation);
  const { json } = await callGateway("req-pay-confirmation", { body: again });
  expect(json.response_code).toBe(0);
  await callGateway("resp-pay-confirmation", { body: outcomeOf(again, { reqMsgId: "R2" }) });
  expect(await statusesOf(objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
  const [incoming, outgoing] = await prisma.payment.findMany({ where: { objectId }, orderBy: { side: "desc" } });
  expect(incoming?.respondedAt).toEqual(outgoing?.respondedAt);
});

test("a FAILURE of an earlier answer, whose ack was lost, isn't taken for the one that stands", async () => {
  const trade = await refusedSince(HERE);
  await answered(trade, NOT_HERE, later);
  const outcome = outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE });
  expect((await callGateway("resp-pay-confirmation", { body: outcome })).json.response_code).toBe(0);
  expect(await incomingOf(trade)).toMatchObject({ status: "CONFIRMING", supplierResponse: "REJECT" });
  expect(await eventsOf(trade, "payment.outcome-came-late")).toHaveLength(1);
});

describe("a network that knows content again acks the same answer with its first reqMsgId, and tells no outcome twice", () => {
  test("a FAILURE that was told of the first counts for the second", async () => {
    const trade = await answeredTrade(HERE);
    await settle(trade, acked("R0"));
    const failure = outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE });
    const first = await callGateway("resp-pay-confirmation", { body: failure });
    await answered(trade, HERE, later);
    await settle(trade, acked("R0"));
    expect(await incomingOf(trade)).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: FAILURE.errorCd });
    expect((await confirmationsOf(trade)).map(({ state }) => state)).toEqual(["DELIVERED", "DELIVERED"]);
    // The outcome itself, told once more, is still the first's.
    expect((await callGateway("resp-pay-confirmation", { body: failure })).body).toBe(first.body);
  });

  test("and where it carries it anew, under the old name, its SUCCESS ends the payment, before or after the ack", async () => {
    for (const ackFirst of [true, false]) {
      const trade = await answeredTrade(HERE);
      await settle(trade, acked("R0"));
      const failure = outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE });
      await callGateway("resp-pay-confirmation", { body: failure });
      await answered(trade, HERE, later);
      if (ackFirst) await settle(trade, acked("R0"));
      const success = outcomeOf(trade.confirmation, { reqMsgId: "R0" });
      const told = await callGateway("resp-pay-confirmation", { body: success });
      expect(told.json.response_code).toBe(0);
      expect(await incomingOf(trade)).toMatchObject({ status: "ACCEPTED", supplierRemarks: "Received" });
      expect((await callGateway("resp-pay-confirmation", { body: success })).body).toBe(told.body);
    }
  });

  test("a SUCCESS that an older portal took and threw away counts at last", async () => {
    const trade = await refusedSince(HERE);
    await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0" }) });
    const unanswered = { supplierResponse: null, supplierRemarks: null, respondedBy: null, respondedAt: null };
    const { businessId } = trade.supplier;
    await prisma.payment.updateMany({
      where: { businessId },
      data: { status: "AWAITING_CONFIRMATION", ...unanswered },
    });
    await prisma.invoice.updateMany({ where: { id: trade.first.receivableId }, data: held(100_000) });
    await prisma.invoice.updateMany({ where: { id: trade.second.receivableId }, data: held(50_000) });
    await answered(trade, HERE, later);
    await settle(trade, acked("R0"));
    expect((await incomingOf(trade)).status).toBe("ACCEPTED");
    expect((await booksOf(trade.first)).receivable).toEqual({ status: "PAID", paid: 100_000, pending: 0 });
  });
  const held = (pending: number) => ({ paid: 0, pending, status: "PAYMENT_INITIATED" }) as const;
});

test("a FAILURE of the answer before, told twice, doesn't open the one that stands", async () => {
  const trade = await answeredTrade(HERE);
  const { objectId } = trade.request;
  const nameAnswer = (revision: number, reqMsgId: string) =>
    prisma.message.updateMany({ where: { objectId, direction: "OUT", revision }, data: { reqMsgId } });
  await nameAnswer(0, "R0");
  await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE }) });
  const second = await answered(trade, NOT_HERE, later);
  await nameAnswer(1, "R1");
  // The network had the first answer twice, each under a name of its own.
  await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0b", ...FAILURE }) });
  expect((await statusesOf(objectId)).incoming).toBe("CONFIRMING");
  await callGateway("req-pay-confirmation", { body: second });
  await callGateway("resp-pay-confirmation", { body: outcomeOf(second, { reqMsgId: "R1" }) });
  expect(await statusesOf(objectId)).toEqual({ outgoing: "REJECTED", incoming: "REJECTED" });
});

test("fifty people answer at once: one is heard, and the others are told who and what", async () => {
  const trade = await arrivedTrade();
  const people = Array.from({ length: 50 }, (_, i) => ({
    ...trade.supplier,
    actor: { ...trade.supplier.actor, name: `Clerk ${i}` },
  }));
  const outcomes = await Promise.all(
    people.map((scope, i) => answerPayment(scope, trade.request.objectId, i % 2 ? HERE : NOT_HERE, NOW)),
  );
  const winner = outcomes.findIndex(({ kind }) => kind === "answered");
  const told = outcomes.filter((_, index) => index !== winner);
  const { response, remarks } = winner % 2 ? HERE : NOT_HERE;
  const same = { kind: "already-answered", response, remarks, respondedBy: `Clerk ${winner}`, respondedAt: NOW };
  expect(told).toEqual(Array(49).fill(same));
});

test("a double click answers once; a payment on the platform can't be rejected; nobody else's can be answered", async () => {
  const trade = await arrivedTrade({ type: "ONPLATFORM" });
  const { objectId } = trade.request;
  expect(await answerPayment(trade.supplier, objectId, NOT_HERE, NOW)).toEqual({ kind: "reject-not-allowed" });
  expect(await answerPayment(trade.buyer, objectId, HERE, NOW)).toEqual({ kind: "not-found" });
  const clicks = await Promise.all([1, 2, 3].map(() => answerPayment(trade.supplier, objectId, HERE, NOW)));
  expect(clicks.map(({ kind }) => kind).sort()).toEqual(["answered", "replayed", "replayed"]);
  expect(await prisma.message.count({ where: { businessId: trade.supplier.businessId, direction: "OUT" } })).toBe(1);
});
