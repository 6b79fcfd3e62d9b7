import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { contentHash } from "@/features/protocol/content-hash";
import { refuse } from "@/features/protocol/errors";
import { parseReqPay, parseReqPayConfirmation } from "@/features/protocol/parse";
import { peekIds } from "@/features/protocol/peek";
import { ackReply, confirmationReply, paymentReply, refusalReply, type WireReply } from "@/features/protocol/reply";
import { verifyWebhook } from "@/features/protocol/signing";
import { mintReqMsgId } from "@/lib/ids";
import { headerOf, readBytes, sendJson } from "@/sandbox/http";

export const SECRET = `whsec_${Buffer.from("a secret for the sandbox's own tests").toString("base64")}`;

/** A message that reached the portal. */
export interface Received {
  readonly operation: string;
  readonly objectId: string;
  readonly webhookId: string | null;
  readonly signed: boolean;
  readonly result: string | null;
  readonly reqMsgId: string | null;
  readonly value: unknown;
}

export interface TestPortal {
  readonly url: string;
  /** Everything that arrived, in the order of arrival. */
  readonly received: readonly Received[];
  /** How each message was decided, once per message: `<operation> <objectId>` to SUCCESS, FAILURE or "taken". */
  readonly books: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

/** Answers in the portal's place: a reply, or "hang up". Undefined leaves it to the portal. */
export type Interference = (received: Received, count: number) => WireReply | "hang up" | undefined;

/** A small portal over real HTTP that keeps the protocol's promise: each message counts once, and gets its first reply again. */
export async function startTestPortal(interfere: Interference = () => undefined): Promise<TestPortal> {
  const received: Received[] = [];
  const books = new Map<string, string>();
  const replies = new Map<string, { hash: string; reply: WireReply }>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = (await readBytes(request, 2 ** 20)) ?? Buffer.alloc(0);
    const message = readMessage(request, bytes);
    received.push(message);
    const special = interfere(message, received.length);
    if (special === "hang up") {
      // The request itself is read to its end by now, and destroying that would leave the connection open.
      request.socket.destroy();
      return;
    }
    const reply = special ?? answer(message);
    sendJson(response, { status: reply.status, body: reply.body });
  }

  function answer({ operation, objectId, value, result }: Received): WireReply {
    const key = `${operation} ${objectId}`;
    const hash = contentHash(value);
    const first = replies.get(`${key} ${hash}`);
    if (first) return first.reply;
    if (operation.startsWith("req-") && books.has(key))
      return refusalReply(refuse("DUPLICATE_CONFLICT"), mintReqMsgId());
    const reply = judge(operation, value);
    replies.set(`${key} ${hash}`, { hash, reply });
    books.set(key, result ?? "taken");
    return reply;
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    books,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

function readMessage(request: IncomingMessage, bytes: Buffer): Received {
  const value: unknown = JSON.parse(bytes.toString("utf8"));
  const { resp } = value as { resp?: { result?: string; reqMsgId?: string } };
  const header = (name: string) => headerOf(request, name);
  return {
    operation: (request.url ?? "").split("/").at(-1) ?? "",
    objectId: peekIds(value).objectId ?? "",
    webhookId: header("webhook-id"),
    signed: verifyWebhook({ header, body: bytes, secrets: [SECRET], now: new Date() }).ok,
    result: resp?.result ?? null,
    reqMsgId: resp?.reqMsgId ?? null,
    value,
  };
}

function judge(operation: string, value: unknown): WireReply {
  const reqMsgId = mintReqMsgId();
  if (operation === "req-pay") {
    const parsed = parseReqPay(value);
    return parsed.ok ? paymentReply(reqMsgId, parsed.body) : refusalReply(parsed.refusal, reqMsgId, parsed.body);
  }
  if (operation === "req-pay-confirmation") {
    const parsed = parseReqPayConfirmation(value);
    return parsed.ok ? confirmationReply(reqMsgId, parsed.body) : refusalReply(parsed.refusal, reqMsgId, parsed.body);
  }
  return ackReply(reqMsgId);
}
