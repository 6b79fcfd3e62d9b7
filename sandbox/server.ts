import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { refuse } from "@/features/protocol/errors";
import { refusalReply } from "@/features/protocol/reply";
import { mintReqMsgId } from "@/lib/ids";
import { handleControl } from "@/sandbox/control";
import { controlError } from "@/sandbox/control-answers";
import { sendJson } from "@/sandbox/http";
import { handleInbound } from "@/sandbox/inbound";
import { whyNotLocal } from "@/sandbox/loopback";
import { pageFile } from "@/sandbox/page";
import { Sandbox, type SandboxOptions } from "@/sandbox/sandbox";

const INBOUND = {
  "/api/v0/payment/req-pay": "req-pay",
  "/api/v0/payment/req-pay-confirmation": "req-pay-confirmation",
} as const;

const LOOPBACK = ["127.0.0.1", "::1"];

export interface ListenOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  /** An address to listen on in the place of the loopback ones. */
  readonly host?: string | undefined;
}

export interface RunningSandbox {
  readonly url: string;
  /** Breaks off what is under way; what was acked is in the journal. */
  stop(): Promise<void>;
}

/**
 * Starts the network sandbox in this process.
 * @throws Error with code EADDRINUSE when the port is taken
 */
export async function startSandbox(options: SandboxOptions & ListenOptions): Promise<RunningSandbox> {
  const { port = 0, host } = options;
  const sandbox = new Sandbox(options);
  const servers: Server[] = [];
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    handle(sandbox, request, response).catch((error: Error) => {
      sandbox.log("error", `${request.method} ${request.url}: ${error.message}`);
      if (!response.headersSent) sendJson(response, controlError(500, "Something went wrong inside the sandbox."));
    });
  };
  const [first = "127.0.0.1", ...others] = host ? [host] : LOOPBACK;
  const server = await listen(serve, port, first);
  servers.push(server);
  const actual = (server.address() as AddressInfo).port;
  for (const other of others) {
    // A machine without IPv6 does without; a port that is taken only there belongs to someone else all the same.
    const also = await listen(serve, actual, other).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" && port !== 0) throw error;
      return null;
    });
    if (also) servers.push(also);
  }
  sandbox.url = `http://${host && !LOOPBACK.includes(host) ? host : "localhost"}:${actual}`;
  await sandbox.start();
  return {
    url: sandbox.url,
    async stop() {
      await Promise.all([sandbox.stop(), ...servers.map(close)]);
    },
  };
}

function listen(serve: (request: IncomingMessage, response: ServerResponse) => void, port: number, host: string) {
  return new Promise<Server>((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: 30_000 }, serve);
    server.once("error", reject);
    server.listen({ port, host }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function handle(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://sandbox");
  const operation = INBOUND[url.pathname as keyof typeof INBOUND];
  if (operation) {
    if (request.method === "POST") return handleInbound(operation, request, response, sandbox);
    const { status, body } = refusalReply(refuse("METHOD_NOT_ALLOWED"), mintReqMsgId());
    return sendJson(response, { status, body, headers: { allow: "POST" } });
  }
  const why = whyNotLocal(request);
  if (why) return sendJson(response, controlError(403, why));
  const page = pageFile(request.method, url.pathname);
  if (page) return sendJson(response, page);
  const reply = await handleControl(sandbox, url, request, response);
  if (reply) sendJson(response, reply);
}
