import { once } from "node:events";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operationRoute } from "@/features/gateway/route";
import type { Operation } from "@/features/protocol/schema";
import { signWebhook } from "@/features/protocol/signing";
import { env } from "@/lib/env";
import { stampPeerAddresses } from "@/lib/http/client-address";
import { uuidv7 } from "@/lib/ids";
import { createPortalServer, listen } from "@/server/portal";
import { makeApiKey } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { paidTrade } from "@/tests/trade";

/*
 * One suite over both ways in, on real sockets: the portal's own server, which answers the four paths itself, and a Next.js
 * route handler, which has a Web Request around the same function. Whoever calls can't tell one from the other.
 */

const PATH = /^\/api\/v0\/payment\/([\w-]+)/;

/** A route handler behind node:http, as Next.js puts it there. */
const throughRoute: RequestListener = async (request, response) => {
  const operation = PATH.exec(request.url ?? "")?.[1] as Operation;
  const answer = await operationRoute(operation)(webRequest(request));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
};

function webRequest(request: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const bare = ["GET", "HEAD"].includes(request.method ?? "");
  const body = bare ? null : (Readable.toWeb(request) as ReadableStream);
  return new Request(`http://portal${request.url}`, { method: request.method, headers, body, duplex: "half" } as never);
}

const pages: RequestListener = (_request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(404, { "content-type": "text/plain" }).end("a page");
};

async function over(kind: string): Promise<Server> {
  if (kind === "the portal's server") return createPortalServer(pages);
  const { createServer } = await import("node:http");
  return createServer(throughRoute);
}

function signed(body: string, headers: Record<string, string> = {}): Record<string, string> {
  const bytes = Buffer.from(body);
  const now = new Date();
  const signature = signWebhook({ webhookId: uuidv7(), body: bytes, secrets: env.NETWORK_SIGNING_SECRETS, now });
  return { "content-type": "application/json", ...signature, ...headers };
}

describe.each(["the portal's server", "a route of Next.js"])("%s", (kind) => {
  let server: Server;
  let base = "";

  beforeAll(async () => {
    stampPeerAddresses();
    server = await over(kind);
    base = `http://127.0.0.1:${await listen(server, 0)}/api/v0/payment`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  const post = (operation: string, body: string, headers = signed(body)) =>
    fetch(`${base}/${operation}`, { method: "POST", body, headers });

  test("a payment is taken, and the same message again gets the same reply", async () => {
    const { supplier, reqPay } = await paidTrade();
    const body = JSON.stringify(reqPay);
    const first = await post("req-pay", body, signed(body, { "x-request-id": "from-the-network-1" }));
    expect(first.status).toBe(200);
    expect(first.headers.get("content-type")).toBe("application/json");
    expect(first.headers.get("cache-control")).toBe("no-store");
    expect(first.headers.get("x-request-id")).toBe("from-the-network-1");
    const text = await first.text();
    expect(JSON.parse(text)).toMatchObject({ response_code: 0 });
    const again = await post("req-pay", body);
    expect([again.status, await again.text()]).toEqual([200, text]);
    expect(again.headers.get("x-request-id")).not.toBe("from-the-network-1");

    const { objectId } = reqPay.payment;
    const payment = await prisma.payment.findFirstOrThrow({ where: { businessId: supplier.businessId, objectId } });
    expect(payment.status).toBe("AWAITING_CONFIRMATION");
    const message = await prisma.message.findFirstOrThrow({
      where: { businessId: supplier.businessId, objectId, direction: "IN" },
    });
    expect(message).toMatchObject({ requestId: "from-the-network-1", body });
  });

  test("a search after the path changes nothing; a body in pieces is one body", async () => {
    const { reqPay } = await paidTrade();
    const bytes = Buffer.from(JSON.stringify(reqPay));
    const pieces = Readable.toWeb(Readable.from([bytes.subarray(0, 9), bytes.subarray(9)])) as ReadableStream;
    const answer = await fetch(`${base}/req-pay?from=here`, {
      method: "POST",
      body: pieces,
      headers: signed(bytes.toString()),
      duplex: "half",
    } as RequestInit);
    expect(answer.status).toBe(200);
  });

  test.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])("%s is not a way to call it", async (method) => {
    const answer = await fetch(`${base}/req-pay`, { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
    const text = await answer.text();
    if (method !== "HEAD") expect(JSON.parse(text)).toMatchObject({ response_code: 405 });
  });

  test("a stranger, another media type and broken JSON are told so in the protocol's shape", async () => {
    const unsigned = await post("resp-pay", "{}", { "content-type": "application/json" });
    expect(unsigned.status).toBe(401);
    expect(unsigned.headers.get("www-authenticate")).toContain("Bearer");
    expect(await unsigned.json()).toMatchObject({ response_code: 401 });
    const text = await post("resp-pay", "{}", signed("{}", { "content-type": "text/plain" }));
    expect([text.status, (await text.json()).payload.resp.errorCd]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
    const broken = await post("req-pay-confirmation", "{");
    expect([broken.status, (await broken.json()).payload.resp.errorCd]).toEqual([400, "MALFORMED_JSON"]);
    const wrong = await post("resp-pay-confirmation", "{}");
    expect([wrong.status, (await wrong.json()).payload.resp.errorCd]).toEqual([422, "FIELD_MISSING"]);
  });

  test("an API key of a business is told that only the network sends outcomes", async () => {
    const { buyer, reqPay } = await paidTrade();
    const authorization = `Bearer ${await makeApiKey(buyer)}`;
    const body = JSON.stringify(reqPay);
    const answer = await post("resp-pay", body, { "content-type": "application/json", authorization });
    expect(answer.status).toBe(403);
  });

  test.each([
    ["that says how long it is", false],
    ["that doesn't say", true],
  ])("10 MB %s are refused, and the reply arrives", async (_, chunked) => {
    const body = "x".repeat(10 * 1024 * 1024);
    const stream = () => Readable.toWeb(Readable.from([body.slice(0, 70_000), body.slice(70_000)])) as ReadableStream;
    const answer = await fetch(`${base}/req-pay`, {
      method: "POST",
      body: chunked ? stream() : body,
      headers: signed("x"),
      duplex: "half",
    } as RequestInit);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ response_code: 413, payload: { resp: { errorCd: "TOO_LARGE" } } });
  });

  test("a body that dribbles in is given up after ten seconds", { timeout: 20_000 }, async () => {
    const { port } = server.address() as { port: number };
    const socket = connect(port, "127.0.0.1");
    socket.write("POST /api/v0/payment/req-pay HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n{");
    const dribble = setInterval(() => socket.write(" "), 500);
    const started = Date.now();
    const said = await firstLine(socket);
    clearInterval(dribble);
    socket.destroy();
    expect(said).toContain(" 408 ");
    expect(Date.now() - started).toBeLessThan(14_000);
  });

  test("a caller that breaks off leaves the server as it was", async () => {
    const { port } = server.address() as { port: number };
    const socket = connect(port, "127.0.0.1");
    socket.write("POST /api/v0/payment/req-pay HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n{");
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.resetAndDestroy();
    expect((await fetch(`${base}/req-pay`)).status).toBe(405);
  });
});

async function firstLine(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, "data")) as [Buffer];
  return chunk.toString().split("\r\n")[0] ?? "";
}

describe("the portal's server besides", () => {
  let server: Server;
  let base = "";
  beforeAll(async () => {
    server = createPortalServer(pages);
    base = `http://127.0.0.1:${await listen(server, 0)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("hands everything else on", async () => {
    for (const path of ["/", "/api/v0/payment/req-pay/", "/API/v0/payment/req-pay"])
      expect(await (await fetch(base + path)).text(), path).toBe("a page");
  });

  test("puts the same safe headers on its replies as the pages have", async () => {
    const answer = await fetch(`${base}/api/v0/payment/req-pay`, { headers: { "x-forwarded-proto": "https" } });
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("strict-transport-security")).toContain("max-age=");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});
