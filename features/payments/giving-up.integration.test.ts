import { describe, expect, test } from "vitest";
import * as giveUpRoutes from "@/app/api/v1/businesses/[business]/payments/[objectId]/give-up/route";
import { createPayment } from "@/features/payments/mutations/create";
import { giveUp } from "@/features/payments/mutations/give-up";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { apiOf } from "@/tests/api";
import { booksOf, paymentOf } from "@/tests/books";
import { callGateway, NOW, refusalIn } from "@/tests/gateway";
import {
  ACKED,
  afterDays,
  claim,
  events,
  giveItUp,
  lastSent,
  NOT_HERE,
  rowOf,
  settle,
  silent,
  statuses,
  stopped,
} from "@/tests/giving-up";
import { answered, answeredTrade, FAILURE, outcomeOf, paidTrade, respPayOf } from "@/tests/trade";

describe("a payment that can't be delivered", () => {
  test("is given up by a person: it has failed, says who and why, and its bills are free", async () => {
    const trade = await stopped(await paidTrade(), "buyer");
    const call = await apiOf(trade.buyer);
    const params = { objectId: trade.request.objectId };
    const response = await call(giveUpRoutes.POST, { params, method: "POST" });
    expect(response.status).toBe(200);
    const { failureCode, failureDetail } = await rowOf(trade, "buyer");
    const [event] = await events(trade, "payment.given-up");
    expect(failureCode).toBe("GIVEN_UP");
    expect(failureDetail).toBe(
      `${event?.actorName} gave this payment up, since it could not be delivered: The network refused the call with HTTP 403.`,
    );
    expect(await response.json()).toMatchObject({
      status: "FAILED",
      failure: { code: "GIVEN_UP", detail: failureDetail },
      delivery: { state: "REFUSED", canSendAgain: false, canGiveUp: false },
    });
    expect((await booksOf(trade.first)).payable).toEqual({ status: "CREATED", paid: 0, pending: 0 });
    const again = paymentOf(trade.supplier, [{ invoice: trade.first, net: 100_000 }]);
    expect((await createPayment(trade.buyer, again, NOW)).kind).toBe("created");

    const twice = await call(giveUpRoutes.POST, { params, method: "POST" });
    expect([twice.status, (await twice.json()).detail]).toEqual([
      409,
      "There is nothing to give up: it is on its way, or the other side has answered, or it was given up before. What Bharat Connect has taken can be given up after 7 days without a word.",
    ]);
  });

  test("not while it is queued, delivered, or with the supplier; and nobody else's", async () => {
    const trade = await paidTrade();
    expect(await giveItUp(trade, "buyer")).toBe("nothing-to-give-up");
    expect(await giveUp(trade.supplier, "OUTGOING", trade.request.objectId, NOW)).toBe("not-found");
    await settle(await claim(trade, "buyer"), ACKED);
    expect(await giveItUp(trade, "buyer")).toBe("nothing-to-give-up");
    await callGateway("resp-pay", { body: respPayOf(trade.reqPay) });
    expect(await giveItUp(trade, "buyer")).toBe("nothing-to-give-up");
    expect((await statuses(trade)).outgoing).toBe("AWAITING_CONFIRMATION");
  });

  test("had arrived all the same: its SUCCESS, and the supplier's answer, count", async () => {
    const trade = await stopped(await paidTrade(), "buyer");
    await callGateway("req-pay", { body: trade.reqPay });
    await giveItUp(trade, "buyer");
    expect((await callGateway("resp-pay", { body: respPayOf(trade.reqPay) })).json.response_code).toBe(0);
    expect(await rowOf(trade, "buyer")).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: null });
    expect((await booksOf(trade.first)).payable.pending).toBe(100_000);
    const confirmation = await answered(trade, { response: "ACCEPT", remarks: "Received" });
    await callGateway("req-pay-confirmation", { body: confirmation });
    await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation) });
    expect(await statuses(trade)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
  });

  test("had arrived, and was paid anew meanwhile: it stays failed, and the answer is refused", async () => {
    const trade = await stopped(await paidTrade(), "buyer");
    await callGateway("req-pay", { body: trade.reqPay });
    await giveItUp(trade, "buyer");
    await createPayment(trade.buyer, paymentOf(trade.supplier, [{ invoice: trade.first, net: 100_000 }]), NOW);
    await callGateway("resp-pay", { body: respPayOf(trade.reqPay) });
    expect((await statuses(trade)).outgoing).toBe("FAILED");
    const body = await answered(trade, { response: "ACCEPT", remarks: "Received" });
    expect(refusalIn(await callGateway("req-pay-confirmation", { body }))?.code).toBe("EXCEEDS_DUE");
  });
});

describe("an answer that can't be delivered", () => {
  test("is taken back: the payment waits for one again, and another can be given", async () => {
    const trade = await stopped(await answeredTrade(), "supplier");
    expect(await giveItUp(trade, "supplier")).toBe("given-up");
    expect(await rowOf(trade, "supplier")).toMatchObject({
      status: "AWAITING_CONFIRMATION",
      supplierResponse: null,
      respondedBy: null,
      failureCode: null,
    });
    expect(await lastSent(trade, "supplier")).toMatchObject({ state: "REFUSED", lastError: expect.any(String) });
    expect(await events(trade, "payment.answer-taken-back")).toMatchObject([{ actorName: trade.supplier.actor.name }]);
    expect((await booksOf(trade.first)).receivable.pending).toBe(100_000);

    const other = await answered(trade, NOT_HERE);
    await callGateway("req-pay-confirmation", { body: other });
    await callGateway("resp-pay-confirmation", { body: outcomeOf(other) });
    expect(await statuses(trade)).toEqual({ outgoing: "REJECTED", incoming: "REJECTED" });
  });

  test("had arrived all the same: it counts, whatever was answered since; its FAILURE does not", async () => {
    for (const answersAnew of [true, false]) {
      const trade = await stopped(await answeredTrade(), "supplier");
      await callGateway("req-pay-confirmation", { body: trade.confirmation });
      await giveItUp(trade, "supplier");
      if (answersAnew) await answered(trade, NOT_HERE);
      await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0" }) });
      expect(await statuses(trade)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
      expect(await rowOf(trade, "supplier")).toMatchObject({ supplierRemarks: "Received" });
    }
    const trade = await stopped(await answeredTrade(), "supplier");
    await giveItUp(trade, "supplier");
    await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, FAILURE) });
    expect(await rowOf(trade, "supplier")).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: null });
  });
});

describe("what the network has taken, and of which nothing comes", () => {
  test("is given up after a week: the payment has failed, and its bills are free", async () => {
    const trade = await silent(await paidTrade(), "buyer");
    expect(await giveItUp(trade, "buyer", afterDays(6))).toBe("nothing-to-give-up");
    expect(await giveItUp(trade, "buyer", afterDays(7))).toBe("given-up");
    expect(await rowOf(trade, "buyer")).toMatchObject({
      status: "FAILED",
      failureCode: "GIVEN_UP",
      failureDetail: `${trade.buyer.actor.name} gave this payment up, since nothing came of it for 7 days.`,
    });
    // It was delivered, and stays so.
    expect(await lastSent(trade, "buyer")).toMatchObject({ state: "DELIVERED", reqMsgId: "R0" });
    expect((await booksOf(trade.first)).payable).toEqual({ status: "CREATED", paid: 0, pending: 0 });
    expect(await sendAgain(trade.buyer, "OUTGOING", trade.request.objectId, afterDays(7))).toBe("nothing-to-send");
    expect(await giveItUp(trade, "buyer", afterDays(8))).toBe("nothing-to-give-up");
  });

  test("sent again meanwhile, it waits for that attempt, and not for another week", async () => {
    const trade = await silent(await paidTrade(), "buyer");
    await sendAgain(trade.buyer, "OUTGOING", trade.request.objectId, afterDays(7));
    expect(await giveItUp(trade, "buyer", afterDays(8))).toBe("nothing-to-give-up");
    await silent(trade, "buyer", afterDays(8));
    expect(await giveItUp(trade, "buyer", afterDays(8))).toBe("given-up");
  });

  test("had arrived all the same: its SUCCESS, and the supplier's answer, count", async () => {
    const trade = await silent(await paidTrade(), "buyer");
    await callGateway("req-pay", { body: trade.reqPay });
    await giveItUp(trade, "buyer", afterDays(7));
    await callGateway("resp-pay", { body: respPayOf(trade.reqPay, { reqMsgId: "R0" }) });
    expect(await rowOf(trade, "buyer")).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: null });
    expect((await booksOf(trade.first)).payable.pending).toBe(100_000);
  });

  test("an answer is taken back after a week, counted from when it was given; had it arrived, it counts", async () => {
    const trade = await silent(await answeredTrade(), "supplier");
    expect(await giveItUp(trade, "supplier", afterDays(6))).toBe("nothing-to-give-up");
    expect(await giveItUp(trade, "supplier", afterDays(7))).toBe("given-up");
    expect(await rowOf(trade, "supplier")).toMatchObject({ status: "AWAITING_CONFIRMATION", supplierResponse: null });
    await answered(trade, NOT_HERE);
    await callGateway("req-pay-confirmation", { body: trade.confirmation });
    await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0" }) });
    expect(await statuses(trade)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
    expect(await rowOf(trade, "supplier")).toMatchObject({ supplierRemarks: "Received" });
    // The other answer isn't sent any more.
    expect(await lastSent(trade, "supplier")).toMatchObject({ revision: 1, state: "REFUSED" });
  });

  test("the same answer again, which the network knows: the word on the first one counts for it", async () => {
    const trade = await silent(await answeredTrade(), "supplier");
    await giveItUp(trade, "supplier", afterDays(7));
    await answered(trade, { response: "ACCEPT", remarks: "Received" });
    await silent(trade, "supplier");
    await callGateway("req-pay-confirmation", { body: trade.confirmation });
    await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0" }) });
    expect(await statuses(trade)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
  });
});
