import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BACK_OFF_MS } from "@/features/messages/rules";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { verifyWebhook } from "@/features/protocol/signing";
import { env } from "@/lib/env";
import { booksOf, statusesOf } from "@/tests/books";
import { NOW } from "@/tests/gateway";
import { TestNetwork } from "@/tests/network";
import { prisma } from "@/tests/prisma";
import { deliver, messageOf, no, nowPlus, outgoing, queued, queuedAnswer, SECOND } from "@/tests/queued";

const network = new TestNetwork();
beforeAll(() => network.start());
beforeEach(() => network.reset());
afterAll(() => network.stop());

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
