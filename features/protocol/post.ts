import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";

/*
 * One POST, with nothing done that was not asked for: no redirect is followed, nothing unpacked, nothing sent twice. Not `fetch`:
 * its streams and signals take three times the processor time of the call itself, and the worker makes hundreds of these a second.
 */

// Idle connections are closed before most servers would: Node.js closes its own after 5 seconds.
const KEPT = { keepAlive: true, timeout: 4_000, maxFreeSockets: 256 } as const;
const http = new HttpAgent(KEPT);
const https = new HttpsAgent(KEPT);

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A reply may have this many bytes. */
  readonly maxReplyBytes: number;
  /** Breaks the call off at any point. */
  readonly signal: AbortSignal;
}

export interface PostReply {
  readonly status: number;
  readonly header: (name: string) => string | null;
  /** The reply's body; null when it had too many bytes. The connection was closed then. */
  readonly bytes: Uint8Array | null;
}

/** @throws Error when there is no whole reply, or the signal came first */
export function post({ url, headers, body, maxReplyBytes, signal }: PostRequest): Promise<PostReply> {
  return new Promise((resolve, reject) => {
    const [send, agent] = url.startsWith("https:") ? [requestHttps, https] : [requestHttp, http];
    const bytes = Buffer.from(body);
    const request = send(url, {
      method: "POST",
      agent,
      headers: { ...headers, "content-length": bytes.byteLength },
    });
    const onAbort = () => void request.destroy(new Error("broken off"));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    request.on("error", reject);
    request.on("close", () => {
      signal.removeEventListener("abort", onAbort);
      reject(new Error("the connection was closed"));
    });
    request.on("response", (response) => read(response, maxReplyBytes, resolve, reject));
    request.end(bytes);
  });
}

function read(
  response: IncomingMessage,
  maxBytes: number,
  resolve: (reply: PostReply) => void,
  reject: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const end = (bytes: Uint8Array | null) => {
    const header = (name: string) => response.headersDistinct[name]?.[0] ?? null;
    resolve({ status: response.statusCode ?? 0, header, bytes });
  };
  response.on("data", (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size <= maxBytes) return void chunks.push(chunk);
    end(null);
    response.destroy();
  });
  response.on("end", () => end(Buffer.concat(chunks)));
  response.on("error", reject);
  response.on("close", () => reject(new Error("half a reply")));
}
