import { describe, expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { booksOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import {
  ACKED,
  afterDays,
  claim,
  events,
  FORBIDDEN,
  giveItUp,
  lastSent,
  NOT_HERE,
  rowOf,
  SIDES,
  settle,
  silent,
  statuses,
  stopped,
} from "@/tests/giving-up";
import { answeredTrade, FAILURE, outcomeOf, paidTrade, respPayOf } from "@/tests/trade";

describe("giving up while something else happens", () => {
  const ROUNDS = Array.from({ length: 4 }, (_, round) => round);

  test.each(ROUNDS)("what nothing came of, as its SUCCESS does come: it goes on (%i)", async () => {
    const paid = await silent(await paidTrade(), "buyer");
    const [, told] = await Promise.all([
      giveItUp(paid, "buyer", afterDays(7)),
      callGateway("resp-pay", { body: respPayOf(paid.reqPay, { reqMsgId: "R0" }) }),
    ]);
    expect(told.json.response_code).toBe(0);
    expect(await rowOf(paid, "buyer")).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: null });
    expect((await booksOf(paid.first)).payable.pending).toBe(100_000);
  });

  test.each(ROUNDS)("what nothing came of, as somebody sends it again: one of the two counts (%i)", async () => {
    const trade = await silent(await paidTrade(), "buyer");
    const [up, again] = await Promise.all([
      giveItUp(trade, "buyer", afterDays(7)),
      sendAgain(trade.buyer, "OUTGOING", trade.request.objectId, afterDays(7)),
    ]);
    expect([up, again]).toEqual(
      (await rowOf(trade, "buyer")).status === "FAILED"
        ? ["given-up", "nothing-to-send"]
        : ["nothing-to-give-up", "queued"],
    );
  });

  test.each(ROUNDS)("two people: one gives up, and the other is told (%i)", async () => {
    const trade = await stopped(await paidTrade(), "buyer");
    const outcomes = await Promise.all([1, 2, 3].map(() => giveItUp(trade, "buyer")));
    expect(outcomes.sort()).toEqual(["given-up", "nothing-to-give-up", "nothing-to-give-up"]);
    expect((await booksOf(trade.first)).payable.pending).toBe(0);
  });

  test.each(ROUNDS)("sending again: one of the two counts (%i)", async () => {
    for (const who of ["buyer", "supplier"] as const) {
      const trade = await stopped(who === "buyer" ? await paidTrade() : await answeredTrade(), who);
      const [up, again] = await Promise.all([
        giveItUp(trade, who),
        sendAgain(trade[who], SIDES[who], trade.request.objectId, NOW),
      ]);
      const { state, nextAttemptAt } = await lastSent(trade, who);
      const { status } = await rowOf(trade, who);
      const givenUp = ["nothing-to-send", "REFUSED", who === "buyer" ? "FAILED" : "AWAITING_CONFIRMATION"];
      const sentAgain = ["queued", "QUEUED", who === "buyer" ? "SENDING" : "CONFIRMING"];
      expect([again, state, status]).toEqual(up === "given-up" ? givenUp : sentAgain);
      expect(nextAttemptAt === null).toBe(up === "given-up");
    }
  });

  test.each(ROUNDS)("a late SUCCESS: it ends as if it had come in time (%i)", async () => {
    const paid = await stopped(await paidTrade(), "buyer");
    const [, told] = await Promise.all([
      giveItUp(paid, "buyer"),
      callGateway("resp-pay", { body: respPayOf(paid.reqPay) }),
    ]);
    expect(told.json.response_code).toBe(0);
    expect(await rowOf(paid, "buyer")).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: null });
    expect((await booksOf(paid.first)).payable.pending).toBe(100_000);

    const given = await stopped(await answeredTrade(), "supplier");
    await Promise.all([
      giveItUp(given, "supplier"),
      callGateway("resp-pay-confirmation", { body: outcomeOf(given.confirmation) }),
    ]);
    expect(await rowOf(given, "supplier")).toMatchObject({ status: "ACCEPTED", supplierRemarks: "Received" });
    expect((await booksOf(given.first)).receivable).toEqual({ status: "PAID", paid: 100_000, pending: 0 });
  });

  test.each(ROUNDS)("a late FAILURE: the payment has failed once (%i)", async () => {
    const paid = await stopped(await paidTrade(), "buyer");
    await Promise.all([giveItUp(paid, "buyer"), callGateway("resp-pay", { body: respPayOf(paid.reqPay, FAILURE) })]);
    expect((await statuses(paid)).outgoing).toBe("FAILED");
    expect((await booksOf(paid.first)).payable).toEqual({ status: "CREATED", paid: 0, pending: 0 });
    const ends = [...(await events(paid, "payment.given-up")), ...(await events(paid, "payment.failed"))];
    expect(ends).toHaveLength(1);
  });

  test.each(ROUNDS)(
    "the ack of an attempt that was held up: it stays given up, until its outcome comes (%i)",
    async () => {
      const trade = await paidTrade();
      const late = await claim(trade, "buyer");
      await settle({ ...late, attempts: late.attempts + 1 }, FORBIDDEN);
      const [outcome] = await Promise.all([giveItUp(trade, "buyer"), settle(late, ACKED)]);
      expect(outcome).toBe("given-up");
      expect(await lastSent(trade, "buyer")).toMatchObject({ state: "REFUSED", reqMsgId: "R0" });
      expect((await statuses(trade)).outgoing).toBe("FAILED");
      await callGateway("resp-pay", { body: respPayOf(trade.reqPay, { reqMsgId: "R0" }) });
      expect((await statuses(trade)).outgoing).toBe("AWAITING_CONFIRMATION");
    },
  );

  test.each(ROUNDS)("another answer, by someone who is faster or slower (%i)", async () => {
    const trade = await stopped(await answeredTrade(), "supplier");
    const [up, { kind }] = await Promise.all([
      giveItUp(trade, "supplier"),
      answerPayment(trade.supplier, trade.request.objectId, NOT_HERE, NOW),
    ]);
    expect(up).toBe("given-up");
    const status = kind === "answered" ? "CONFIRMING" : "AWAITING_CONFIRMATION";
    expect((await rowOf(trade, "supplier")).status).toBe(status);
  });
});
