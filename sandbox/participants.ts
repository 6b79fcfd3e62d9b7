import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { retryAfterMs } from "@/features/protocol/retry-after";
import { type Operation, operationPath } from "@/features/protocol/schema";
import { signWebhook } from "@/features/protocol/signing";
import { storableText } from "@/features/protocol/storable-text";

const MAX_REPLY_BYTES = 1024 * 1024;

/** What came back from one attempt: a reply, whatever it says, or why there is none. */
export type PostResult =
  | {
      readonly kind: "reply";
      readonly status: number;
      readonly body: string;
      readonly retryAfterMs?: number | undefined;
    }
  | { readonly kind: "none"; readonly why: string };

/** A message as it goes out: the exact text, and an id that stays the same over all attempts. */
export interface Outgoing {
  readonly operation: Operation;
  readonly body: string;
  readonly webhookId: string;
}

/** A platform that hosts businesses and is reached with messages: over HTTP, or played by the sandbox itself. */
export interface Participant {
  readonly name: string;
  post(message: Outgoing, signal: AbortSignal): Promise<PostResult>;
}

export interface Credentials {
  readonly signingSecrets: readonly string[];
  readonly bearerTokens: readonly string[];
}

/** The headers with which the network identifies itself: a signature and a bearer token, as far as they are set. */
export function credentialHeaders(
  { signingSecrets, bearerTokens }: Credentials,
  message: { body: string; webhookId: string; now: Date },
): Record<string, string> {
  const signed =
    signingSecrets.length > 0
      ? signWebhook({ ...message, secrets: signingSecrets })
      : { "webhook-id": message.webhookId };
  return { ...signed, ...(bearerTokens[0] ? { authorization: `Bearer ${bearerTokens[0]}` } : {}) };
}

/** Sends messages to participants over kept-alive connections. node:http, not fetch: a third of its cost per message. */
export class HttpSender {
  private readonly agents = {
    http: new HttpAgent({ keepAlive: true, maxSockets: 64 }),
    https: new HttpsAgent({ keepAlive: true, maxSockets: 64 }),
  };

  constructor(
    private readonly credentials: Credentials,
    private readonly clock: () => Date,
    private readonly timeoutMs: number,
  ) {}

  participant(url: string): Participant {
    const base = url.replace(/\/+$/, "");
    return {
      name: base,
      post: ({ operation, body, webhookId }, signal) => {
        const headers = credentialHeaders(this.credentials, { body, webhookId, now: this.clock() });
        return this.post(new URL(base + operationPath(operation)), body, headers, signal);
      },
    };
  }

  /** One POST of JSON. Never throws for what the other side does, and never follows a redirect. */
  post(url: URL, body: string, headers: Record<string, string>, signal: AbortSignal): Promise<PostResult> {
    const secure = url.protocol === "https:";
    const send = secure ? httpsRequest : httpRequest;
    const length = String(Buffer.byteLength(body));
    const fixed = { "content-type": "application/json", accept: "application/json", "content-length": length };
    const request = send(url, {
      method: "POST",
      agent: secure ? this.agents.https : this.agents.http,
      headers: { ...fixed, ...headers },
      signal,
    });
    const result = this.read(request);
    request.end(body);
    return result;
  }

  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  private read(request: ClientRequest): Promise<PostResult> {
    return new Promise((resolve) => {
      let why = "";
      const timer = setTimeout(() => {
        why = `no answer within ${this.timeoutMs / 1000} s`;
        request.destroy();
      }, this.timeoutMs);
      const end = (result: PostResult) => {
        clearTimeout(timer);
        resolve(result);
      };
      const fail = (error: Error) => end({ kind: "none", why: why || plainWords(error) });
      request.on("error", fail);
      request.on("response", (response) => {
        response.on("error", fail);
        readReply(response, (oversize) => {
          why = oversize;
          request.destroy();
        }).then((bytes) => end(toResult(response, bytes, this.clock())), fail);
      });
    });
  }
}

async function readReply(response: IncomingMessage, tooLarge: (why: string) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REPLY_BYTES) tooLarge("the reply is larger than 1 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toResult(response: IncomingMessage, bytes: Buffer, now: Date): PostResult {
  return {
    kind: "reply",
    status: response.statusCode ?? 0,
    body: storableText(bytes, MAX_REPLY_BYTES),
    retryAfterMs: retryAfterMs(response.headers["retry-after"] ?? null, now),
  };
}

function plainWords(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE") return "the connection was cut";
  if (code === "ABORT_ERR") return "broken off: the sandbox is stopping";
  return code ?? error.message;
}
