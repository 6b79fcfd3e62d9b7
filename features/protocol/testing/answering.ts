import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { REQ_PAY_EXAMPLE } from "@/features/protocol/examples";
import { type SendRequest, sendToNetwork } from "@/features/protocol/network-client";
import type { WireReply } from "@/features/protocol/reply";

// A network of one's own that answers as a test wants it to, and a request to it.

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
export const now = new Date("2026-11-20T08:35:00Z");
export const body = JSON.stringify(REQ_PAY_EXAMPLE);

let server: Server;
export let url: string;
export let connections = 0;
let answer: RequestListener;

/** Before, between and after a file's tests: the network listens, and nobody has called it yet. */
export function startAnswering(): void {
  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    server.on("connection", () => connections++);
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    connections = 0;
  });
}

/** The network's way to answer everything from now on. */
export function answerBy(listener: RequestListener): void {
  answer = listener;
}

export const send = (changed: Partial<SendRequest> = {}) =>
  sendToNetwork({
    url,
    operation: "req-pay",
    body,
    webhookId: "msg_1",
    secrets: [SECRET],
    now,
    timeoutMs: 2000,
    ...changed,
  });

/** The server's answer to everything from now on. */
export function answers(status: number, text: string, headers: Record<string, string> = {}) {
  answer = (request, response) => {
    request.resume();
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
  };
}
export const reply = ({ body: content }: Pick<WireReply, "body">) => JSON.stringify(content);
export const ack = reply({ body: { payload: "REQ1", response_code: 0, response_message: "Success" } });

export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
