import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimMessages } from "@/features/messages/mutations/claim";
import { enqueueMessage } from "@/features/messages/mutations/enqueue";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import { BACK_OFF_MS, LEASE_MS } from "@/features/messages/rules";
import { getPayment } from "@/features/payments/data";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { verifyWebhook } from "@/features/protocol/signing";
import { transact } from "@/lib/db";
import { env } from "@/lib/env";
import { booksOf, statusesOf } from "@/tests/books";
import { deliverMessage } from "@/tests/deliver";
import { callGateway, NOW } from "@/tests/gateway";
import { TestNetwork } from "@/tests/network";
import { prisma } from "@/tests/prisma";
import { answered, answeredTrade, FAILURE, outcomeOf, paidTrade, respPayOf } from "@/tests/trade";

const network = new TestNetwork();
beforeAll(() => network.start());
beforeEach(() => network.reset());
afterAll(() => network.stop());

const nowPlus = (ms: number) => new Date(NOW.getTime() + ms);
const SECOND = 1000;

interface Key {
  businessId: string;
  messageId: string;
}

async function keyOf(scope: { businessId: string }, operation: "REQ_PAY" | "REQ_PAY_CONFIRMATION"): Promise<Key> {
  const where = { businessId: scope.businessId, direction: "OUT", operation } as const;
  const { id } = await prisma.message.findFirstOrThrow({ where, orderBy: { revision: "desc" } });
  return { businessId: scope.businessId, messageId: id };
}

/** A payment whose req-pay is queued. */
async function queued() {
  const trade = await paidTrade();
  return { ...trade, key: await keyOf(trade.buyer, "REQ_PAY") };
}

/** An answer whose confirmation is queued. */
async function queuedAnswer() {
  const trade = await answeredTrade();
  return { ...trade, key: await keyOf(trade.supplier, "REQ_PAY_CONFIRMATION") };
}

const deliver = (key: Key, now = NOW, timeoutMs = 2000) => deliverMessage(key, () => now, timeoutMs);

const messageOf = ({ businessId, messageId }: Key) =>
  prisma.message.findUniqueOrThrow({
    where: { businessId_id: { businessId, id: messageId } },
    include: { deliveries: true },
  });

const outgoing = async (objectId: string) => prisma.payment.findFirstOrThrow({ where: { objectId, side: "OUTGOING" } });

const no = (errorCd: string) => ({
  response_code: 1,
  response_message: "No",
  payload: {
    resp: { reqMsgId: "R", result: "FAILURE", errorCd, errorDtl: "The network says no.", errorField: "payment.utr" },
  },
});

describe("the network's answer decides", () => {
  test("taken: delivered, with the reqMsgId that its outcome will carry", async () => {
    const { key, request } = await queued();
    network.answer = (arrival) => network.ack(arrival, "REQ-ABC");
    await deliver(key);
    expect(await messageOf(key)).toMatchObject({
      state: "DELIVERED",
      reqMsgId: "REQ-ABC",
      attempts: 1,
      nextAttemptAt: null,
      settledAt: NOW,
      lastError: null,
      replyStatus: 200,
      replyBody: expect.stringContaining("REQ-ABC"),
      deliveries: [{ attempt: 1, outcome: "acked", status: 200, detail: "", startedAt: NOW }],
    });
    expect((await statusesOf(request.objectId)).outgoing).toBe("SENDING");
  });

  test.each([
    [
      200,
      no("EXCEEDS_DUE"),
      { failureCode: "EXCEEDS_DUE", failureDetail: "The network says no.", failureField: "payment.utr" },
    ],
    [422, no("FIELD_PATTERN"), { failureCode: "FIELD_PATTERN", failureDetail: "The network says no." }],
    [400, "<html>", { failureCode: "HTTP_400", failureField: "" }],
    [409, no("DUPLICATE_CONFLICT"), { failureCode: "DUPLICATE_CONFLICT", failureDetail: "The network says no." }],
    [413, "", { failureCode: "HTTP_413" }],
    [415, "", { failureCode: "HTTP_415" }],
  ])(
    "HTTP %i about the message: the payment has failed, says why, and the money is due again",
    async (status, body, why) => {
      const { key, request, first } = await queued();
      network.answers(status, body);
      await deliver(key);
      expect(await messageOf(key)).toMatchObject({ state: "REFUSED", nextAttemptAt: null, replyStatus: status });
      expect(await outgoing(request.objectId)).toMatchObject({ status: "FAILED", ...why });
      expect((await booksOf(first)).payable).toEqual({ status: "CREATED", paid: 0, pending: 0 });
      expect(await prisma.auditEvent.count({ where: { subjectId: request.objectId, action: "payment.failed" } })).toBe(
        1,
      );
    },
  );

  test("HTTP 422 to an answer: the payment waits for one again, and says why", async () => {
    const { key, request, first } = await queuedAnswer();
    network.answers(422, no("FIELD_PATTERN"));
    await deliver(key);
    expect((await messageOf(key)).state).toBe("REFUSED");
    const incoming = await prisma.payment.findFirstOrThrow({ where: { objectId: request.objectId, side: "INCOMING" } });
    expect(incoming).toMatchObject({
      status: "AWAITING_CONFIRMATION",
      supplierResponse: null,
      failureCode: "FIELD_PATTERN",
    });
    expect((await booksOf(first)).receivable.pending).toBe(100_000);
  });

  test.each([401, 403, 404, 405, 410, 307])(
    "HTTP %i about us: stopped, the payment keeps its claim, and a person sends it again",
    async (status) => {
      const { key, request, buyer, first } = await queued();
      network.answers(status, "", { location: `${network.url}/elsewhere` });
      await deliver(key);
      expect(network.arrivals).toHaveLength(1);
      expect(await messageOf(key)).toMatchObject({
        state: "STOPPED",
        nextAttemptAt: null,
        lastError: expect.stringContaining(String(status)),
      });
      expect((await outgoing(request.objectId)).status).toBe("SENDING");
      expect((await booksOf(first)).payable.pending).toBe(100_000);

      network.reset();
      expect(await sendAgain(buyer, "OUTGOING", request.objectId, nowPlus(SECOND))).toBe("queued");
      await deliver(key, nowPlus(SECOND));
      expect((await messageOf(key)).state).toBe("DELIVERED");
    },
  );
});

describe("no good answer: it is tried again", () => {
  const bad: [string, () => void, string | RegExp][] = [
    ["HTTP 500", () => network.answers(500, "oops"), "The network answered with HTTP 500."],
    ["HTTP 503", () => network.answers(503, ""), "The network answered with HTTP 503."],
    ["HTTP 408", () => network.answers(408, ""), "The network answered with HTTP 408."],
    ["HTTP 409", () => network.answers(409, ""), "The network answered with HTTP 409."],
    ["HTTP 425", () => network.answers(425, ""), "The network answered with HTTP 425."],
    ["HTTP 429", () => network.answers(429, ""), "The network answered with HTTP 429."],
    ["garbage", () => network.answers(200, "<html>welcome</html>"), "The network's answer could not be read."],
    [
      "an ack without a reqMsgId",
      () => network.answers(200, { response_code: 0 }),
      "The network's answer could not be read.",
    ],
    [
      "an endless answer",
      () => network.answers(200, "x".repeat(100_000)),
      "The network's answer was too large to read.",
    ],
    [
      "a dropped connection",
      () => (network.answer = ({ response }) => void response.socket?.destroy()),
      "The network could not be reached.",
    ],
    ["half an answer", () => (network.answer = ({ response }) => half(response)), "The network could not be reached."],
    ["silence", () => (network.answer = () => {}), "The network did not answer in time."],
  ];
  const half = (response: import("node:http").ServerResponse) => {
    response.writeHead(200, { "content-length": "500" }).write('{"response_code":');
    setTimeout(() => response.socket?.destroy(), 20);
  };

  test.each(bad)("%s", async (_name, prepare, words) => {
    const { key, request, first } = await queued();
    prepare();
    await deliver(key, NOW, 300);
    const message = await messageOf(key);
    expect(message).toMatchObject({ state: "QUEUED", attempts: 1, settledAt: null, reqMsgId: null, lastError: words });
    expect(message.deliveries).toMatchObject([{ attempt: 1, outcome: "retry", detail: words }]);
    const wait = Number(message.nextAttemptAt) - NOW.getTime();
    expect(wait).toBeGreaterThanOrEqual(1000);
    expect(wait).toBeLessThanOrEqual(1250);
    // The payment keeps its claim: nobody knows whether the message arrived.
    expect((await statusesOf(request.objectId)).outgoing).toBe("SENDING");
    expect((await booksOf(first)).payable.pending).toBe(100_000);
  });

  test.each([
    ["in seconds", "120"],
    ["as a date", "Fri, 20 Nov 2026 10:02:00 GMT"],
  ])("Retry-After %s is honoured", async (_name, value) => {
    for (const status of [429, 503]) {
      const { key } = await queued();
      network.answers(status, "", { "retry-after": value });
      await deliver(key);
      expect((await messageOf(key)).nextAttemptAt).toEqual(nowPlus(120 * SECOND));
    }
  });

  test("attempts carry the same text under the same webhook-id, each with a signature of its own time", async () => {
    const { key } = await queued();
    network.answers(500, "");
    await deliver(key);
    await deliver(key, nowPlus(2 * SECOND));
    network.reset();
    network.answer = (arrival) => network.ack(arrival);
    await deliver(key, nowPlus(60 * SECOND));
    const { deliveries, state, body } = await messageOf(key);
    expect([state, deliveries.map(({ attempt, outcome }) => [attempt, outcome])]).toEqual([
      "DELIVERED",
      [
        [1, "retry"],
        [2, "retry"],
        [3, "acked"],
      ],
    ]);
    const [last] = network.arrivals;
    expect(last).toMatchObject({ path: "/api/v0/payment/req-pay", body, headers: { "webhook-id": key.messageId } });
    const header = (name: string) => last?.headers[name] as string;
    const signed = { header, body: Buffer.from(body), secrets: env.NETWORK_SIGNING_SECRETS };
    expect(verifyWebhook({ ...signed, now: nowPlus(60 * SECOND) }).ok).toBe(true);
    expect(verifyWebhook({ ...signed, now: nowPlus(60 * SECOND + 301 * SECOND) }).ok).toBe(false);
  });

  test("out of attempts it gives up, keeps the claim, and a person begins anew", async () => {
    const { key, buyer, request, first } = await queued();
    network.answers(500, "");
    let now = NOW;
    const rounds = BACK_OFF_MS.length + 1;
    for (let attempt = 1; attempt <= rounds; attempt++) {
      await deliver(key, now);
      const { nextAttemptAt, state } = await messageOf(key);
      expect(state).toBe(attempt < rounds ? "QUEUED" : "GAVE_UP");
      now = nextAttemptAt ?? now;
    }
    expect(now.getTime() - NOW.getTime()).toBeGreaterThanOrEqual(72 * 3600 * SECOND);
    expect(network.arrivals).toHaveLength(rounds);
    expect((await statusesOf(request.objectId)).outgoing).toBe("SENDING");
    expect((await booksOf(first)).payable.pending).toBe(100_000);
    await deliver(key, new Date(now.getTime() + 100 * 3600 * SECOND));
    expect(network.arrivals).toHaveLength(rounds);

    await sendAgain(buyer, "OUTGOING", request.objectId, now);
    await deliver(key, now);
    const message = await messageOf(key);
    expect(message).toMatchObject({ state: "QUEUED", attempts: rounds + 1, attemptsBefore: rounds });
    expect(Number(message.nextAttemptAt) - now.getTime()).toBeLessThanOrEqual(1250);
    expect(new Set(network.arrivals.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });
});

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
});
