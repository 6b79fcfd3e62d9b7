import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { verifyWebhook } from "@/features/protocol/signing";
import {
  ack,
  answerBy,
  answers,
  body,
  bytesOf,
  connections,
  now,
  SECRET,
  send,
  startAnswering,
  url,
} from "@/features/protocol/testing/answering";

startAnswering();

describe("what is sent", () => {
  test("the exact text, signed, with the bearer token, to the operation's path", async () => {
    const seen: { request?: IncomingMessage; raw?: Buffer } = {};
    answerBy(async (request, response) => {
      Object.assign(seen, { request, raw: await bytesOf(request) });
      response.end(ack);
    });
    const result = await send({ url: `${url}/base/`, operation: "req-pay-confirmation", bearer: "token-1" });
    expect(result).toEqual({ kind: "acked", reqMsgId: "REQ1", status: 200, reply: ack });
    expect(seen.request).toMatchObject({
      method: "POST",
      url: "/base/api/v0/payment/req-pay-confirmation",
      headers: {
        "content-type": "application/json",
        authorization: "Bearer token-1",
        "webhook-id": "msg_1",
        "user-agent": "Chukta",
      },
    });
    expect(seen.raw?.toString()).toBe(body);
    const header = (name: string) => seen.request?.headers[name] as string | undefined;
    expect(verifyWebhook({ header, body: seen.raw ?? Buffer.of(), secrets: [SECRET], now }).ok).toBe(true);
  });

  test("the id of the request that it came of, where it has one", async () => {
    let headers: IncomingMessage["headers"] = {};
    answerBy((request, response) => {
      headers = request.headers;
      response.end(ack);
    });
    await send({ requestId: "0193-request" });
    expect(headers["x-request-id"]).toBe("0193-request");
    await send();
    expect(headers).not.toHaveProperty("x-request-id");
  });

  test("without secrets it still carries the steady webhook-id", async () => {
    let headers: IncomingMessage["headers"] = {};
    answerBy((request, response) => {
      headers = request.headers;
      response.end(ack);
    });
    await send({ secrets: [] });
    expect(headers["webhook-id"]).toBe("msg_1");
    expect(headers).not.toHaveProperty("webhook-signature");
    expect(headers).not.toHaveProperty("authorization");
  });

  test("a text with letters of more than one byte, whole", async () => {
    let raw: Buffer | undefined;
    answerBy(async (request, response) => {
      raw = await bytesOf(request);
      response.end(ack);
    });
    await send({ body: '{"remarks":"प्राप्त ₹1,000"}' });
    expect(raw?.toString()).toBe('{"remarks":"प्राप्त ₹1,000"}');
  });

  test("one connection is kept for the next message", async () => {
    answers(200, ack);
    await send();
    const opened = connections;
    await send();
    await send();
    expect(connections).toBe(opened);
  });
});
