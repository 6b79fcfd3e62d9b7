import "server-only";
import { createServer, type RequestListener, type Server } from "node:http";
import { dataHeaders, isHttps } from "@/lib/http/security-headers";
import { isStopping } from "@/lib/readiness";
import { operationOf, serveOperation } from "@/server/gateway";

/** Methods that no Request may have by the fetch standard: Next.js would answer them with a 500. */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(["TRACE", "TRACK", "CONNECT"]);

/** An address that can't be read, or holds a zero byte, which nothing here is called: Next.js or PostgreSQL would make a 500 of it. */
function isReadable(url: string): boolean {
  if (/%00/.test(url)) return false;
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/**
 * The portal's HTTP server: the four paths of the network are answered here, everything else by Next.js.
 * @param pages answers what is not one of the four paths
 */
export function createPortalServer(pages: RequestListener): Server {
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
      if (FORBIDDEN_METHODS.has(request.method ?? ""))
        response.writeHead(405, { allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", "content-length": 0 }).end();
      else if (!isReadable(request.url ?? "")) response.writeHead(400, { "content-length": 0 }).end();
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
