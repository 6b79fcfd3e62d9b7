import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { handleOperation } from "@/features/gateway/handle";
import type { Operation } from "@/features/protocol/schema";
import { addressBehindProxies } from "@/lib/http/client-address";
import { requestIdOf } from "@/lib/http/request-id";
import { dataHeaders, isHttps } from "@/lib/http/security-headers";
import { systemClock } from "@/lib/time";

const OPERATIONS = new Map<string, Operation>(
  (["req-pay", "resp-pay", "req-pay-confirmation", "resp-pay-confirmation"] as const).map((operation) => [
    `/api/v0/payment/${operation}`,
    operation,
  ]),
);

/** As Node takes them fastest: name, value, name, value. */
const flat = (headers: Readonly<Record<string, string>>): string[] => Object.entries(headers).flat();
const SAFE_HEADERS = { http: flat(dataHeaders({ https: false })), https: flat(dataHeaders({ https: true })) };

/** How long the rest of a body that nobody wants is read on, in milliseconds, so that the reply isn't lost in a reset. */
const LINGER_MS = 2_000;

/** The operation a request is for, by its exact path; whatever else leads there is Next.js's to find (features/gateway/route.ts). */
export function operationOf({ url = "" }: IncomingMessage): Operation | undefined {
  const query = url.indexOf("?");
  return OPERATIONS.get(query < 0 ? url : url.slice(0, query));
}

/** Answers one of the four paths without a framework in between (docs/decisions/027-one-round-trip.md). Never throws. */
export async function serveOperation(
  operation: Operation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Now, since a caller who has gone meanwhile has none any more.
  const peer = request.socket.remoteAddress;
  const header = (name: string) => request.headers[name]?.toString() ?? null;
  const { status, headers, body } = await handleOperation(
    operation,
    {
      method: request.method ?? "",
      header,
      readBody: (maxBytes) => readBytes(request, maxBytes),
      // Looked up only where it matters who calls: that takes as long as checking the signature.
      get address() {
        return addressBehindProxies(peer, header("x-forwarded-for"));
      },
      requestId: requestIdOf(header("x-request-id")),
    },
    systemClock,
  );
  const safe = SAFE_HEADERS[isHttps(header("x-forwarded-proto")) ? "https" : "http"];
  const all = [...safe, ...flat(headers), "content-length", String(Buffer.byteLength(body))];
  if (request.complete) {
    // As text, which Node sends with the headers in one piece.
    response.writeHead(status, all).end(body);
    return;
  }
  // Refused before its end was here. The reply goes out whole, and the connection can carry no other request after that.
  response.writeHead(status, [...all, "connection", "close"]).write(body);
  const timer = setTimeout(() => response.end(), LINGER_MS);
  request.once("close", () => {
    clearTimeout(timer);
    response.end();
  });
  request.resume();
}

/** The body's bytes, or null as soon as there are more than `maxBytes`: `content-length` may be missing, or lie. */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= maxBytes) chunks.push(chunk);
      else resolve(null);
    });
    request.on("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => {
      if (!request.complete) reject(new Error("the caller has gone"));
    });
  });
}
