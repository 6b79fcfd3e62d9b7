import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getPayment } from "@/features/payments/data";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { runAdminCommand } from "@/scripts/admin-commands";
import { booksOf, statusesOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import { TestNetwork } from "@/tests/network";
import { prisma } from "@/tests/prisma";
import { deliver, messageOf, no, nowPlus, outgoing, queued, queuedAnswer, SECOND } from "@/tests/queued";
import { paidTrade, respPayOf } from "@/tests/trade";

const network = new TestNetwork();
beforeAll(() => network.start());
beforeEach(() => network.reset());
afterAll(() => network.stop());

describe("sending again", () => {
  test("what was acked, but never got an outcome, goes out again: the same text under the same id", async () => {
    const { key, buyer, request } = await queued();
    await deliver(key);
    expect(await sendAgain(buyer, "OUTGOING", request.objectId, nowPlus(SECOND))).toBe("queued");
    expect((await messageOf(key)).nextAttemptAt).toEqual(nowPlus(SECOND));
    await deliver(key, nowPlus(SECOND));
    const [one, two] = network.arrivals;
    expect(two?.body).toBe(one?.body);
    expect(two?.headers["webhook-id"]).toBe(one?.headers["webhook-id"]);
    expect(
      await prisma.auditEvent.count({ where: { subjectId: request.objectId, action: "payment.sent-again" } }),
    ).toBe(1);
  });

  test("what was acked and is refused the second time stays on its way: a person decides, and its outcome counts", async () => {
    const { key, buyer, request, first, reqPay } = await queued();
    network.answer = (arrival) => network.ack(arrival, "R0");
    await deliver(key);
    await sendAgain(buyer, "OUTGOING", request.objectId, nowPlus(SECOND));
    network.answers(422, { response_code: 422, response_message: "Duplicate request", payload: null });
    await deliver(key, nowPlus(SECOND));
    expect((await outgoing(request.objectId)).status).toBe("SENDING");
    expect((await booksOf(first)).payable.pending).toBe(100_000);
    expect(await messageOf(key)).toMatchObject({
      state: "STOPPED",
      reqMsgId: "R0",
      nextAttemptAt: null,
      lastError: "The network had taken this, and refused it when it was sent again: Duplicate request",
    });
    const { delivery } = await getPayment(buyer, request.objectId);
    expect(delivery).toMatchObject({ canSendAgain: true, canGiveUp: true });
    await callGateway("resp-pay", { body: respPayOf(reqPay, { reqMsgId: "R0" }) });
    expect((await outgoing(request.objectId)).status).toBe("AWAITING_CONFIRMATION");
    expect(await messageOf(key)).toMatchObject({ state: "DELIVERED", lastError: null });
  });

  test("an answer likewise: nobody is asked to give it again", async () => {
    const { key, supplier, request } = await queuedAnswer();
    network.answer = (arrival) => network.ack(arrival, "R0");
    await deliver(key);
    await sendAgain(supplier, "INCOMING", request.objectId, nowPlus(SECOND));
    network.answers(409, no("DUPLICATE_CONFLICT"));
    await deliver(key, nowPlus(SECOND));
    expect((await statusesOf(request.objectId)).incoming).toBe("CONFIRMING");
    expect((await messageOf(key)).state).toBe("STOPPED");
  });

  test("nothing to send once the other side has spoken, for what was refused, or for someone else's payment", async () => {
    const spoken = await paidTrade();
    await callGateway("resp-pay", { body: respPayOf(spoken.reqPay) });
    expect(await sendAgain(spoken.buyer, "OUTGOING", spoken.request.objectId, NOW)).toBe("nothing-to-send");
    const refused = await queued();
    network.answers(422, "");
    await deliver(refused.key);
    expect(await sendAgain(refused.buyer, "OUTGOING", refused.request.objectId, NOW)).toBe("nothing-to-send");
    expect(await sendAgain(spoken.buyer, "OUTGOING", refused.request.objectId, NOW)).toBe("not-found");
    expect(await sendAgain(refused.supplier, "INCOMING", refused.request.objectId, NOW)).toBe("not-found");
  });

  test("a supplier's answer", async () => {
    const { key, supplier, request } = await queuedAnswer();
    await deliver(key);
    expect(await sendAgain(supplier, "INCOMING", request.objectId, nowPlus(SECOND))).toBe("queued");
    await deliver(key, nowPlus(SECOND));
    expect(network.arrivals).toHaveLength(2);
  });

  test("the operator sends all that stopped before the network took it, of one business or of all", async () => {
    const [one, two] = [await queued(), await queued()];
    const answer = await queuedAnswer();
    network.answers(401, "");
    for (const { key } of [one, two, answer]) await deliver(key);
    const taken = await queued();
    network.answer = (arrival) => network.ack(arrival, "R0");
    await deliver(taken.key);
    await sendAgain(taken.buyer, "OUTGOING", taken.request.objectId, nowPlus(SECOND));
    network.answers(409, no("DUPLICATE_CONFLICT"));
    await deliver(taken.key, nowPlus(SECOND));
    const states = async () =>
      Promise.all([one, two, answer, taken].map(async ({ key }) => (await messageOf(key)).state));
    expect(await states()).toEqual(["STOPPED", "STOPPED", "STOPPED", "STOPPED"]);

    expect(await runAdminCommand("send-again", ["--business", one.buyer.b2bId])).toEqual([
      "1 message is on the way again, as soon as a worker runs.",
    ]);
    expect(await states()).toEqual(["QUEUED", "STOPPED", "STOPPED", "STOPPED"]);
    await runAdminCommand("send-again", []);
    // Whether what the network has taken goes out once more, its business decides.
    expect(await states()).toEqual(["QUEUED", "QUEUED", "QUEUED", "STOPPED"]);
    expect(await runAdminCommand("send-again", [])).toEqual(["Nothing has stopped that the network hasn't taken."]);
    const trail = await prisma.auditEvent.findFirstOrThrow({
      where: { subjectId: answer.request.objectId, action: "payment.sent-again" },
    });
    expect(trail).toMatchObject({ actorName: "Operator", businessId: answer.supplier.businessId });
  });
});
