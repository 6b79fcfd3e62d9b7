import "server-only";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";
import { requestIdOf } from "@/lib/http/request-id";
import { dataHeaders, isHttps } from "@/lib/http/security-headers";
import { isStopping } from "@/lib/readiness";
import { type Clock, systemClock } from "@/lib/time";
import { TokenBuckets } from "@/lib/token-buckets";
import { nobodyThere } from "@/server/addresses";
import { operationOf, serveOperation } from "@/server/gateway";

/** Methods that no Request may have by the fetch standard: Next.js would answer them with a 500. */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(["TRACE", "TRACK", "CONNECT"]);

/** A page is only read. It has no Server Actions either, so that Next.js need take no stranger's form or arguments apart. */
const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Pages of the API reference, for all readers together: they are for anyone, and each is megabytes that take this process half a second. */
const REFERENCE_PAGES = { perSecond: 1, burst: 40 };

/**
 * The path by which Next.js finds what it answers with, its dots followed (`/api/../sign-in`); null for an address that can't be read, or
 * where what Next.js's own browser code says of the page that it has can't be. An address in full, which is for proxies, Next.js would
 * answer with a way to wherever it leads; of a zero byte, which nothing here is called, or half a code, it or PostgreSQL would make a 500.
 */
function pathOf({ url = "", headers }: IncomingMessage): string | null {
  if (!url.startsWith("/") || /%00/.test(url)) return null;
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    parseAndValidateFlightRouterState(headers["next-router-state-tree"]);
    return new URL(`http://portal${url}`).pathname;
  } catch {
    return null;
  }
}

const bare = (status: number, headers?: Record<string, string>) => new Response(null, { status, headers });

/** The answer to a request that isn't Next.js's to answer; null when it is. */
function refusalOf(request: IncomingMessage, references: TokenBuckets, now: Date): Response | null {
  const { method = "" } = request;
  if (FORBIDDEN_METHODS.has(method)) return bare(405, { allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" });
  const path = pathOf(request);
  if (path === null) return bare(400);
  // For pages of its older kind, which there are none of, it would answer with any page's HTML there.
  if (path.startsWith("/_next/data/")) return bare(404);
  if (path.startsWith("/api/"))
    return nobodyThere(method, path, requestIdOf(request.headers["x-request-id"]?.toString() ?? null));
  if (!READS.has(method)) return bare(405, { allow: [...READS].join(", ") });
  const seconds = /^\/docs(?:\/|$)/.test(path) ? references.take("", now) : null;
  return seconds === null ? null : bare(429, { "retry-after": String(seconds) });
}

async function send(refusal: Response, response: ServerResponse): Promise<void> {
  const body = await refusal.text();
  const headers = { ...Object.fromEntries(refusal.headers), "content-length": Buffer.byteLength(body) };
  response.writeHead(refusal.status, headers).end(body);
}

/**
 * The portal's HTTP server: the four paths of the network are answered here, everything else by Next.js.
 * @param pages answers what is not one of the four paths
 * @param now says when a reader came
 */
export function createPortalServer(pages: RequestListener, now: Clock = systemClock): Server {
  const references = new TokenBuckets(REFERENCE_PAGES);
  const server = createServer(
    {
      // Longer than a load balancer keeps an idle connection, so that it never sends a request into one that just closed.
      keepAliveTimeout: 65_000,
      headersTimeout: 15_000,
      // The whole request: an import of thousands of invoices over a slow line still gets through.
      requestTimeout: 60_000,
    },
    (request, response) => {
      // Whoever keeps the connection comes back through the load balancer, to a portal that stays.
      if (isStopping()) response.setHeader("connection", "close");
      const operation = operationOf(request);
      if (operation) {
        void serveOperation(operation, request, response);
        return;
      }
      // Those of a reply that is no page, whoever writes it; proxy.ts replaces the policy by a page's, which has a nonce.
      const https = isHttps(request.headers["x-forwarded-proto"]?.toString());
      for (const [name, value] of Object.entries(dataHeaders({ https }))) response.setHeader(name, value);
      const refusal = refusalOf(request, references, now());
      if (refusal) void send(refusal, response);
      else pages(request, response);
    },
  );
  return server;
}

/** Listens on all addresses. @returns the port, of the system's choice where 0 was asked for; rejects when it is taken */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
