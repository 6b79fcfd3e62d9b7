import "server-only";
import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { requestIdOf } from "@/lib/http/request-id";
import { logger } from "@/lib/logger";
import { isOperation, observeRequest, routeOf } from "@/lib/metrics-http";

const held = globalThis as { chuktaFollowsRequests?: boolean; chuktaOwnServers?: WeakSet<object> };
held.chuktaOwnServers ??= new WeakSet();
const ownServers = held.chuktaOwnServers;

/** Leaves out a server that isn't the portal's face to the world (/metrics). */
export function neverFollow(server: Server): void {
  ownServers.add(server);
}

/** What Node tells when a request begins. */
interface Started {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

/** An address is the caller's own writing, and may be of any length. */
const LONGEST_PATH = 200;

/**
 * From now on every request has an id from its first moment on (the header that all handlers read), its reply says which, and once
 * it has ended it is counted and, if it is one of the API's, logged. Called once when the portal starts; Node tells of each request
 * before any handler sees it, whoever handles it.
 */
export function followRequests(): void {
  if (held.chuktaFollowsRequests) return;
  held.chuktaFollowsRequests = true;
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request, response, server } = message as Started;
    if (ownServers.has(server)) return;
    const requestId = requestIdOf(request.headers["x-request-id"]?.toString() ?? null);
    request.headers["x-request-id"] = requestId;
    // The four operations say it themselves: a header set before makes Node write all of them one by one.
    if (!isOperation(request.url)) response.setHeader("x-request-id", requestId);
    const startedAt = performance.now();
    // "close" comes after the last byte, and when the caller has gone.
    response.once("close", () => ended(request, response, requestId, performance.now() - startedAt));
  });
}

function ended(
  { method = "", url = "" }: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  ms: number,
): void {
  // What stands behind the question mark may be a search for a person, or a secret that strayed there.
  const path = url.split("?", 1)[0]?.slice(0, LONGEST_PATH) ?? "";
  const route = routeOf(path);
  const status = response.headersSent ? response.statusCode : 0;
  observeRequest({ route, method, status, seconds: ms / 1000 });
  // The four operations are logged where it is known which one it was (features/gateway/handle.ts).
  if (!path.startsWith("/api/") || route.startsWith("v0 ")) return;
  const line = { requestId, method, path, status, ms: Math.round(ms * 10) / 10 };
  const words = response.writableFinished ? "request" : "request broken off";
  logger[route === "health" ? "debug" : "info"](line, words);
}
