import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimMessages } from "@/features/messages/mutations/claim";
import { enqueueMessage } from "@/features/messages/mutations/enqueue";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import { LEASE_MS } from "@/features/messages/rules";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { transact } from "@/lib/db";
import { statusesOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import { TestNetwork } from "@/tests/network";
import { prisma } from "@/tests/prisma";
import { deliver, type Key, messageOf, nowPlus, queued, queuedAnswer, SECOND } from "@/tests/queued";
import { answered, FAILURE, outcomeOf, respPayOf } from "@/tests/trade";

const network = new TestNetwork();
beforeAll(() => network.start());
beforeEach(() => network.reset());
afterAll(() => network.stop());

describe("one attempt at a time", () => {
  test("ten workers at once make one attempt", async () => {
    const { key } = await queued();
    await Promise.all(Array.from({ length: 10 }, () => deliver(key)));
    expect(network.arrivals).toHaveLength(1);
    expect(await messageOf(key)).toMatchObject({ state: "DELIVERED", attempts: 1 });
  });

  test("too early, or when all is done, none is made", async () => {
    const { key } = await queued();
    await deliver(key, nowPlus(-1));
    expect(network.arrivals).toHaveLength(0);
    await deliver(key);
    await deliver(key, nowPlus(3600 * SECOND));
    expect(network.arrivals).toHaveLength(1);
  });

  test("messages about one payment go in order; those about others don't wait", async () => {
    const { key, supplier, request } = await queuedAnswer();
    const other = await queuedAnswer();
    const later = await transact(supplier, (tx) => {
      const content = { next: true };
      const message = {
        operation: "REQ_PAY_CONFIRMATION",
        side: "SUPPLIER",
        objectId: request.objectId,
        content,
      } as const;
      return enqueueMessage(tx, supplier, { ...message, revision: 1 }, nowPlus(1));
    });
    const laterKey = { businessId: supplier.businessId, messageId: later.id };
    await deliver(laterKey, nowPlus(10));
    expect(network.arrivals).toHaveLength(0);
    expect(await messageOf(laterKey)).toMatchObject({ state: "QUEUED", attempts: 0 });
    await deliver(other.key, nowPlus(10));
    expect(network.arrivals).toHaveLength(1);
    await deliver(key, nowPlus(10));
    await deliver(laterKey, nowPlus(10));
    expect(network.arrivals.map(({ headers }) => headers["webhook-id"])).toEqual(
      [other.key, key, laterKey].map((each) => each.messageId),
    );
  });
});

describe("a worker that dies or is held up", () => {
  /** An attempt that hangs at the network; `finish` lets the network answer. */
  async function hanging(key: Key, now = NOW) {
    const seen = network.arrivals.length;
    let release: (status: number, body: unknown) => void = () => {};
    network.answer = ({ response }) => {
      release = (status, body) => response.writeHead(status).end(JSON.stringify(body));
    };
    const running = deliver(key, now, 20_000);
    while (network.arrivals.length === seen) await new Promise((resolve) => setTimeout(resolve, 5));
    network.answer = (arrival) => network.ack(arrival);
    return {
      finish: async (status: number, body: unknown = {}) => {
        release(status, body);
        await running;
      },
    };
  }

  test("its message is held until the lease has run out, then found and delivered by another", async () => {
    const { key, request } = await queued();
    const dead = await hanging(key);
    expect((await messageOf(key)).nextAttemptAt).toEqual(nowPlus(LEASE_MS));
    await deliver(key, nowPlus(LEASE_MS - 1));
    expect(network.arrivals).toHaveLength(1);

    await deliver(key, nowPlus(LEASE_MS));
    const ids = network.arrivals.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([key.messageId, key.messageId]);
    expect(await messageOf(key)).toMatchObject({ state: "DELIVERED", attempts: 2 });

    // It was only held up: what it heard at last, or never heard, undoes nothing.
    await dead.finish(422);
    expect(await messageOf(key)).toMatchObject({ state: "DELIVERED", attempts: 2 });
    expect((await statusesOf(request.objectId)).outgoing).toBe("SENDING");
  });

  test("the outcome overtakes the ack: the attempt's result changes nothing any more", async () => {
    const { key, reqPay, request } = await queued();
    const slow = await hanging(key);
    await callGateway("resp-pay", { body: respPayOf(reqPay, { reqMsgId: "REQ-9" }) });
    await slow.finish(500);
    expect(await messageOf(key)).toMatchObject({ state: "DELIVERED", reqMsgId: "REQ-9", nextAttemptAt: null });
    expect((await statusesOf(request.objectId)).outgoing).toBe("AWAITING_CONFIRMATION");
  });

  test("a late refusal of an answer doesn't touch the answer that was given after it", async () => {
    const trade = await queuedAnswer();
    const slow = await hanging(trade.key);
    const outcome = outcomeOf(trade.confirmation, { reqMsgId: "R1", ...FAILURE });
    await callGateway("resp-pay-confirmation", { body: outcome });
    await answered(trade, { response: "REJECT", remarks: "Not here" }, nowPlus(SECOND));
    await slow.finish(422);
    const incoming = await prisma.payment.findFirstOrThrow({
      where: { objectId: trade.request.objectId, side: "INCOMING" },
    });
    expect(incoming).toMatchObject({ status: "CONFIRMING", supplierResponse: "REJECT", failureCode: null });
  });
});

describe("claiming", () => {
  const now = nowPlus(3600 * SECOND);
  const drained = async () => {
    while ((await claimMessages(now, 100)).length > 0);
  };

  test("takes the longest due first, as many as there is room for, each for one worker", async () => {
    await drained();
    const keys: Key[] = [];
    for (let i = 0; i < 4; i++) keys.push((await queued()).key);
    for (const [i, { messageId }] of keys.entries())
      await prisma.message.updateMany({ where: { id: messageId }, data: { nextAttemptAt: nowPlus(i * SECOND) } });
    const taken = await Promise.all([claimMessages(now, 1), claimMessages(now, 1)]);
    const two = taken.flat().map(({ id }) => id);
    expect(new Set(two)).toEqual(new Set(keys.slice(0, 2).map((key) => key.messageId)));
    const rest = await claimMessages(now, 100);
    expect(new Set(rest.map(({ id }) => id))).toEqual(new Set(keys.slice(2).map((key) => key.messageId)));
    expect(await claimMessages(now, 100)).toEqual([]);
  });

  test("the time that it is due is at most the database's, whatever the clock of the portal that queued it says", async () => {
    const { buyer, request, key } = await queued();
    await deliver(key);
    const ahead = new Date(Date.now() + 10 * 60 * SECOND);
    await sendAgain(buyer, "OUTGOING", request.objectId, ahead);
    expect(Number((await messageOf(key)).nextAttemptAt)).toBeLessThanOrEqual(Date.now() + SECOND);
  });

  test("a worker that was held up for longer than its lease does not put off the attempt after its own", async () => {
    const { key } = await queued();
    const [first] = await claimMessages(NOW, 1, key);
    const [second] = await claimMessages(nowPlus(LEASE_MS), 1, key);
    if (!first || !second) throw new Error("not claimed");
    const result = { kind: "retry", reason: "network" } as const;
    await settleAttempt({ message: first, result, startedAt: NOW, endedAt: nowPlus(LEASE_MS + 1) });
    expect(await messageOf(key)).toMatchObject({ attempts: 2, nextAttemptAt: nowPlus(2 * LEASE_MS), lastError: null });
    expect((await messageOf(key)).deliveries).toMatchObject([{ attempt: 1, outcome: "retry" }]);
  });
});
