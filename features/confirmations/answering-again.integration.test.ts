import { describe, expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { claimMessages } from "@/features/messages/mutations/claim";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import { sendAgain } from "@/features/payments/mutations/send-again";
import type { SendResult } from "@/features/protocol/network-client";
import { booksOf, statusesOf } from "@/tests/books";
import { callGateway, NOW, refusalIn } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answered, answeredTrade, arrivedTrade, FAILURE, outcomeOf } from "@/tests/trade";

const HERE = { response: "ACCEPT", remarks: "Received" } as const;
const NOT_HERE = { response: "REJECT", remarks: "Not here" } as const;
type Trade = Awaited<ReturnType<typeof answeredTrade>>;
const later = new Date(NOW.getTime() + 3_600_000);

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

/** An answer that the network took, whose ack was lost, and which was opened again since a later attempt at it was refused. */
async function refusedSince(answer: typeof HERE | typeof NOT_HERE) {
  const trade = await answeredTrade(answer);
  await settle(trade, { kind: "refused", status: 422, refusal: { code: "X", detail: "No", field: "" }, reply: "" });
  expect((await statusesOf(trade.request.objectId)).incoming).toBe("AWAITING_CONFIRMATION");
  return trade;
}

/** Takes the supplier's queued message for an attempt, with this result. */
async function settle({ supplier }: Trade, result: SendResult) {
  const { id } = await prisma.message.findFirstOrThrow({
    where: { businessId: supplier.businessId, direction: "OUT", state: "QUEUED" },
  });
  const [message] = await claimMessages(later, 1, { businessId: supplier.businessId, messageId: id });
  if (!message) throw new Error("there is nothing to send");
  await settleAttempt({ message, result, startedAt: later, endedAt: later });
}

const acked = (reqMsgId: string): SendResult => ({ kind: "acked", reqMsgId, status: 200, reply: "" });

const incomingOf = ({ request: { objectId } }: Trade) =>
  prisma.payment.findFirstOrThrow({ where: { objectId, side: "INCOMING" } });

const confirmationsOf = ({ request: { objectId } }: Trade) =>
  prisma.message.findMany({
    where: { objectId, direction: "OUT", operation: "REQ_PAY_CONFIRMATION" },
    orderBy: { revision: "asc" },
  });

const eventsOf = ({ supplier, request }: Trade, action: string) =>
  prisma.auditEvent.findMany({ where: { businessId: supplier.businessId, subjectId: request.objectId, action } });

test("a FAILURE of an earlier answer, whose ack was lost, isn't taken for the one that stands", async () => {
  const trade = await refusedSince(HERE);
  await answered(trade, NOT_HERE, later);
  const outcome = outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE });
  expect((await callGateway("resp-pay-confirmation", { body: outcome })).json.response_code).toBe(0);
  expect(await incomingOf(trade)).toMatchObject({ status: "CONFIRMING", supplierResponse: "REJECT" });
  expect(await eventsOf(trade, "payment.outcome-came-late")).toHaveLength(1);
});

describe("a SUCCESS of an answer that was opened again: the buyer has it, so it is the payment's answer", () => {
  const ended = {
    status: "ACCEPTED",
    supplierResponse: "ACCEPT",
    supplierRemarks: "Received",
    respondedAt: NOW,
    failureCode: null,
  };

  test("while it waits for an answer again", async () => {
    const trade = await refusedSince(HERE);
    await callGateway("req-pay-confirmation", { body: trade.confirmation });
    const outcome = outcomeOf(trade.confirmation, { reqMsgId: "R0" });
    const first = await callGateway("resp-pay-confirmation", { body: outcome });
    expect(first.json.response_code).toBe(0);
    expect(await incomingOf(trade)).toMatchObject({ ...ended, respondedBy: trade.supplier.actor.name });
    expect(await statusesOf(trade.request.objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
    expect((await booksOf(trade.first)).receivable).toEqual({ status: "PAID", paid: 100_000, pending: 0 });
    expect(await eventsOf(trade, "payment.accepted")).toMatchObject([{ actorKind: "NETWORK" }]);
    expect((await callGateway("resp-pay-confirmation", { body: outcome })).body).toBe(first.body);
  });

  test("while another answer waits to be sent: that one isn't sent any more", async () => {
    const trade = await refusedSince(HERE);
    const colleague = { ...trade.supplier, actor: { ...trade.supplier.actor, name: "Colleague" } };
    const other = await answered({ ...trade, supplier: colleague }, NOT_HERE, later);
    await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0" }) });
    expect(await incomingOf(trade)).toMatchObject({ ...ended, respondedBy: trade.supplier.actor.name });
    expect((await booksOf(trade.first)).receivable).toEqual({ status: "PAID", paid: 100_000, pending: 0 });
    const [, withdrawn] = await confirmationsOf(trade);
    expect(withdrawn).toMatchObject({ state: "REFUSED", nextAttemptAt: null });
    expect(withdrawn?.lastError).toMatch(/^Not sent any more/);
    expect(await sendAgain(trade.supplier, "INCOMING", trade.request.objectId, later)).toBe("nothing-to-send");

    // It may have been on its way all the same: whatever is heard of it changes nothing.
    const late = outcomeOf(other, { reqMsgId: "R1", ...FAILURE });
    expect((await callGateway("resp-pay-confirmation", { body: late })).json.response_code).toBe(0);
    expect(await incomingOf(trade)).toMatchObject(ended);
    expect(await eventsOf(trade, "payment.outcome-came-late")).toHaveLength(1);
  });

  test.each([
    ["acked", acked("R1")],
    ["refused", { kind: "refused", status: 409, refusal: { code: "X", detail: "", field: "" }, reply: "" } as const],
    ["tried again", { kind: "retry", reason: "timeout" } as const],
  ])("while an attempt at another answer is under way, which is then %s", async (_, result) => {
    const trade = await refusedSince(HERE);
    await answered(trade, NOT_HERE, later);
    const [, { id } = { id: "" }] = await confirmationsOf(trade);
    const [message] = await claimMessages(later, 1, { businessId: trade.supplier.businessId, messageId: id });
    if (!message) throw new Error("there is nothing to send");
    await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0" }) });
    await settleAttempt({ message, result, startedAt: later, endedAt: later });
    expect(await incomingOf(trade)).toMatchObject(ended);
    expect((await confirmationsOf(trade))[1]).toMatchObject({ state: "REFUSED", nextAttemptAt: null });
  });

  test("while someone answers anew: either way it ends with the answer that the buyer has", async () => {
    for (let round = 0; round < 5; round++) {
      const trade = await refusedSince(HERE);
      const outcome = outcomeOf(trade.confirmation, { reqMsgId: "R0" });
      const [told, { kind }] = await Promise.all([
        callGateway("resp-pay-confirmation", { body: outcome }),
        answerPayment(trade.supplier, trade.request.objectId, NOT_HERE, later),
      ]);
      expect(told.json.response_code).toBe(0);
      expect(await incomingOf(trade)).toMatchObject(ended);
      expect(kind).toMatch(/^(answered|already-answered)$/);
      const open = (await confirmationsOf(trade)).filter(({ state }) => state === "QUEUED");
      expect(open).toEqual([]);
    }
  });

  test("also by the reqMsgId of a late ack, while the same is said in other words", async () => {
    const trade = await refusedSince(HERE);
    const { objectId } = trade.request;
    await prisma.message.updateMany({ where: { objectId, direction: "OUT", revision: 0 }, data: { reqMsgId: "R0" } });
    await answered(trade, { response: "ACCEPT", remarks: "In full" }, later);
    const told = await callGateway("resp-pay-confirmation", {
      body: outcomeOf(trade.confirmation, { reqMsgId: "R0" }),
    });
    expect(told.json.response_code).toBe(0);
    expect(await incomingOf(trade)).toMatchObject(ended);
    expect((await confirmationsOf(trade)).map(({ state }) => state)).toEqual(["REFUSED", "REFUSED"]);
  });

  test("a rejection likewise, though it was accepted since", async () => {
    const trade = await refusedSince(NOT_HERE);
    await answered(trade, HERE, later);
    await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0" }) });
    expect(await incomingOf(trade)).toMatchObject({ status: "REJECTED", supplierRemarks: "Not here" });
    expect((await booksOf(trade.first)).receivable).toEqual({ status: "CREATED", paid: 0, pending: 0 });
  });

  test("not one that says something else than the answer that it names", async () => {
    const trade = await refusedSince(HERE);
    const { paymentConfirmation } = trade.confirmation;
    const body = outcomeOf({
      ...trade.confirmation,
      paymentConfirmation: { ...paymentConfirmation, supplierResponse: "REJECT" },
    });
    expect(refusalIn(await callGateway("resp-pay-confirmation", { body }))?.code).toBe("PAYMENT_MISMATCH");
    expect(await incomingOf(trade)).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: "X" });
  });
});

describe("a network that gave up on an answer and hears of it after all: a FAILURE, and then the SUCCESS of the same", () => {
  /** The first answer arrived, and was acked as R0; its FAILURE was told all the same. */
  async function toldFailed() {
    const trade = await answeredTrade(HERE);
    await settle(trade, acked("R0"));
    await callGateway("req-pay-confirmation", { body: trade.confirmation });
    const failure = outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE });
    return { ...trade, failure, success: outcomeOf(trade.confirmation, { reqMsgId: "R0" }) };
  }
  const tell = (body: object) => callGateway("resp-pay-confirmation", { body });
  const ended = { status: "ACCEPTED", supplierRemarks: "Received", failureCode: null };

  test("ends the payment while it waits for an answer again; repeated, it gets its first reply", async () => {
    const trade = await toldFailed();
    const failed = await tell(trade.failure);
    const told = await tell(trade.success);
    expect(told.json.response_code).toBe(0);
    expect(await incomingOf(trade)).toMatchObject(ended);
    expect((await booksOf(trade.first)).receivable).toEqual({ status: "PAID", paid: 100_000, pending: 0 });
    expect((await tell(trade.success)).body).toBe(told.body);
    expect((await tell(trade.failure)).body).toBe(failed.body);
    const other = { ...trade.success, additionalInfo: [{ name: "a", value: "b" }] };
    expect(refusalIn(await tell(other))?.code).toBe("DUPLICATE_CONFLICT");
  });

  test("ends it also once another answer was given, and where the outcome names no message", async () => {
    for (const reqMsgId of ["R0", ""]) {
      const trade = await toldFailed();
      await tell(trade.failure);
      await answered(trade, NOT_HERE, later);
      await settle(trade, acked("R1"));
      const told = await tell(outcomeOf(trade.confirmation, { reqMsgId }));
      expect(told.json.response_code).toBe(0);
      expect(await incomingOf(trade)).toMatchObject(ended);
    }
  });

  test("in the other order the FAILURE is a conflict, and undoes nothing", async () => {
    const trade = await toldFailed();
    await tell(trade.success);
    expect(refusalIn(await tell(trade.failure))?.code).toBe("DUPLICATE_CONFLICT");
    expect(await incomingOf(trade)).toMatchObject(ended);
  });

  test("at the same time, before the ack: it ends", async () => {
    for (let round = 0; round < 6; round++) {
      const trade = await answeredTrade(HERE);
      const outcomes = [FAILURE, {}].map((said) => outcomeOf(trade.confirmation, { reqMsgId: "R0", ...said }));
      const [, told] = await Promise.all(outcomes.map(tell));
      // Where the FAILURE came second, it is the one that is a conflict.
      expect(told?.json.response_code).toBe(0);
      expect(await incomingOf(trade)).toMatchObject(ended);
    }
  });
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
