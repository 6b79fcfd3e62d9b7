import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { REQ_PAY_EXAMPLE } from "@/features/protocol/examples";
import { paymentReply, refusalReply } from "@/features/protocol/reply";
import { retryAfterMs } from "@/features/protocol/retry-after";
import { answerBy, answers, now, reply, send, startAnswering, url } from "@/features/protocol/testing/answering";

startAnswering();

describe("replies", () => {
  test("an ack whose payload is an object with a resp", async () => {
    answers(200, reply(paymentReply("REQ2", REQ_PAY_EXAMPLE)));
    expect(await send()).toMatchObject({ kind: "acked", reqMsgId: "REQ2" });
  });

  test("an ack that gives a payment of many bills back", async () => {
    const { payment } = REQ_PAY_EXAMPLE;
    const invoicesPayInfos = Array.from({ length: 500 }, () => payment.invoicesPayInfos).flat();
    const many = { ...REQ_PAY_EXAMPLE, payment: { ...payment, invoicesPayInfos } };
    const text = reply(paymentReply("REQ4", many));
    expect(text.length).toBeGreaterThan(100 * 1024);
    answers(200, text);
    expect(await send({ body: JSON.stringify(many) })).toMatchObject({ kind: "acked", reqMsgId: "REQ4" });
  });

  test("a reply of the confirmation's own shape needs no response_code: its resp says what became of it", async () => {
    const resp = { reqMsgId: "REQ3", result: "SUCCESS" };
    answers(200, JSON.stringify({ payload: { resp } }));
    expect(await send()).toMatchObject({ kind: "acked", reqMsgId: "REQ3" });
    answers(200, JSON.stringify({ payload: { resp: { ...resp, result: "FAILURE", errorCd: "E17" } } }));
    expect(await send()).toMatchObject({ kind: "refused", refusal: { code: "E17" } });
  });

  test("an ack by as long an id as its outcome may have; and a refusal that names a longer one is a refusal", async () => {
    const long = "R".repeat(500);
    answers(200, JSON.stringify({ response_code: 0, response_message: "", payload: long }));
    expect(await send()).toMatchObject({ kind: "acked", reqMsgId: long });
    const resp = {
      reqMsgId: `${long}R`,
      result: "FAILURE",
      errorCd: "E17",
      errorDtl: "No such biller",
      errorField: "",
    };
    answers(200, JSON.stringify({ response_code: 0, response_message: "", payload: { resp } }));
    expect(await send()).toMatchObject({ kind: "refused", refusal: { code: "E17" } });
  });

  test("a business no, with our own codes or theirs", async () => {
    const refusal = { code: "EXCEEDS_DUE", detail: "Too much.", field: "payment" } as const;
    answers(200, reply(refusalReply(refusal, "REQ1", REQ_PAY_EXAMPLE)));
    expect(await send()).toMatchObject({ kind: "refused", status: 200, refusal });
    answers(200, '{"response_code":17,"response_message":"No such biller","payload":""}');
    expect(await send()).toMatchObject({
      kind: "refused",
      refusal: { code: "RESPONSE_CODE_17", detail: "No such biller", field: "" },
    });
  });

  test.each([400, 413, 415, 422])("HTTP %i is about the message, whatever the body says", async (status) => {
    answers(status, "<html>no</html>");
    expect(await send()).toMatchObject({ kind: "refused", status, refusal: { code: `HTTP_${status}`, field: "" } });
    answers(
      status,
      reply(refusalReply({ code: "FIELD_MISSING", detail: "The UTR is missing.", field: "payment.utr" }, "")),
    );
    expect(await send()).toMatchObject({ kind: "refused", refusal: { code: "FIELD_MISSING", field: "payment.utr" } });
  });

  test("a 409 is final when it says that other content has this id, and tried again when it says anything else", async () => {
    const no = (code: "DUPLICATE_CONFLICT" | "RATE_LIMITED") =>
      reply(refusalReply({ code, detail: "No.", field: "payment.objectId" }, ""));
    answers(409, no("DUPLICATE_CONFLICT"));
    expect(await send()).toMatchObject({ kind: "refused", status: 409, refusal: { code: "DUPLICATE_CONFLICT" } });
    for (const body of [no("RATE_LIMITED"), '{"response_code":409,"response_message":"In progress"}', "<html>busy"]) {
      answers(409, body);
      expect(await send()).toMatchObject({ kind: "retry", reason: "status", status: 409 });
    }
  });

  test.each([401, 403, 404, 405, 410, 426])("HTTP %i stops: it is not the message's fault", async (status) => {
    answers(status, "no");
    expect(await send()).toEqual({ kind: "stopped", status, reply: "no" });
  });

  test("a redirect is never followed", async () => {
    let calls = 0;
    answerBy((_request, response) => {
      calls++;
      response.writeHead(307, { location: `${url}/elsewhere` }).end();
    });
    expect(await send()).toMatchObject({ kind: "stopped", status: 307 });
    expect(calls).toBe(1);
  });

  test.each([408, 409, 425, 429, 500, 502, 503, 504])("HTTP %i is tried again", async (status) => {
    answers(status, "later");
    expect(await send()).toEqual({ kind: "retry", reason: "status", status, reply: "later" });
  });

  test("Retry-After, in seconds or as a date", async () => {
    answers(429, "", { "retry-after": "30" });
    expect(await send()).toMatchObject({ kind: "retry", status: 429, retryAfterMs: 30_000 });
    answers(503, "", { "retry-after": "Fri, 20 Nov 2026 08:36:00 GMT" });
    expect(await send()).toMatchObject({ kind: "retry", status: 503, retryAfterMs: 60_000 });
  });

  test.each([
    "",
    "garbage",
    "null",
    "[]",
    '"text"',
    '{"response_code":"0","payload":"REQ1"}',
    '{"response_code":0,"response_message":"Success"}',
    '{"response_code":0,"payload":""}',
    '{"response_code":0,"payload":{"resp":{}}}',
    '{"payload":"REQ1"}',
    '{"payload":{"resp":{"reqMsgId":"REQ1"}}}',
    // Which no outcome can name, or no table keep.
    `{"response_code":0,"payload":"${"R".repeat(501)}"}`,
    '{"response_code":0,"payload":"REQ\\u0000"}',
  ])("HTTP 200 with %j is no ack", async (text) => {
    answers(200, text);
    expect(await send()).toEqual({ kind: "retry", reason: "garbage", status: 200, reply: text });
  });

  test("a reply that can't be stored as it is", async () => {
    answerBy((_request, response) => response.writeHead(500).end(Buffer.of(0x61, 0x00, 0xff)));
    expect(await send()).toMatchObject({ kind: "retry", reply: "a\uFFFD\uFFFD" });
  });
});

describe("no proper reply", () => {
  const SWITCHED = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";
  const drops: [string, (response: ServerResponse) => void][] = [
    ["before the reply", (response) => response.socket?.destroy()],
    ["after a reply of another protocol", (response) => void response.socket?.end(SWITCHED)],
    [
      "in the middle of the reply",
      (response) => {
        response.writeHead(200, { "content-length": "1000" }).write('{"response_code":0');
        setTimeout(() => response.socket?.destroy(), 20);
      },
    ],
  ];
  test.each(drops)("the connection drops %s", async (_when, drop) => {
    answerBy((request, response) => {
      request.resume();
      drop(response);
    });
    expect(await send()).toEqual({ kind: "retry", reason: "network" });
  });

  test("nobody listens", async () => {
    const gone = createServer();
    await new Promise<void>((ready) => gone.listen(0, "127.0.0.1", ready));
    const { port } = gone.address() as AddressInfo;
    await new Promise((closed) => gone.close(closed));
    expect(await send({ url: `http://127.0.0.1:${port}` })).toEqual({ kind: "retry", reason: "network" });
  });

  test("a server that takes the message and never answers", async () => {
    answerBy((request) => void request.resume());
    expect(await send({ timeoutMs: 150 })).toEqual({ kind: "retry", reason: "timeout" });
  });

  test("a server that drips its reply is cut off by the total time", async () => {
    answerBy((request, response) => {
      request.resume();
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    });
    const started = performance.now();
    expect(await send({ timeoutMs: 200 })).toEqual({ kind: "retry", reason: "timeout" });
    expect(performance.now() - started).toBeLessThan(1500);
  });

  test("an endless body is cut off by its size, and the connection closed", async () => {
    let closed: () => void = () => {};
    const connectionClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const endless =
      (status: number): RequestListener =>
      (request, response) => {
        request.resume();
        response.writeHead(status);
        const chunk = Buffer.alloc(16 * 1024, "x");
        const write = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on("drain", write).on("close", closed);
        write();
      };
    answerBy(endless(200));
    expect(await send()).toEqual({ kind: "retry", reason: "too-large", status: 200 });
    await connectionClosed;
    answerBy(endless(422));
    expect(await send()).toMatchObject({ kind: "refused", status: 422, refusal: { code: "HTTP_422" } });
  });

  test("our own stop is told apart from the network's silence", async () => {
    answerBy((request) => void request.resume());
    const stopping = new AbortController();
    const sent = send({ signal: stopping.signal });
    setTimeout(() => stopping.abort(), 50);
    expect(await sent).toEqual({ kind: "retry", reason: "aborted" });
    expect(await send({ signal: stopping.signal })).toEqual({ kind: "retry", reason: "aborted" });
  });
});

test.each([
  ["0", 0],
  ["30", 30_000],
  ["999999999", 86_400_000],
  ["Fri, 20 Nov 2026 08:30:00 GMT", 0],
  ["-5", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["2026", 2_026_000],
  ["", undefined],
  [null, undefined],
])("Retry-After %j waits %j ms", (header, wait) => {
  expect(retryAfterMs(header, now)).toBe(wait);
});
