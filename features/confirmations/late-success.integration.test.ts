import { describe, expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import { sendAgain } from "@/features/payments/mutations/send-again";
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
import { claimQueued } from "@/tests/deliver";
import { callGateway, NOW, refusalIn } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answered, answeredTrade, FAILURE, outcomeOf } from "@/tests/trade";

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
    const message = await claimQueued(trade.supplier, later);
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
