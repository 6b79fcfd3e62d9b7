import { type ReadReply, type RemoteRefusal, readReply } from "@/features/protocol/network-reply";
import { type PostReply, post } from "@/features/protocol/post";
import { retryAfterMs } from "@/features/protocol/retry-after";
import { type Operation, operationPath } from "@/features/protocol/schema";
import { signWebhook } from "@/features/protocol/signing";
import { storableText } from "@/features/protocol/storable-text";

/** How long a reply may be, beside the message that it may echo (seeds 000, 004); twice the message, since JSON can be written longer. */
const MAX_REPLY_BYTES = 64 * 1024;
const REFUSED: ReadonlySet<number> = new Set([400, 413, 415, 422]);
const RETRIED: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** Why an attempt is to be made again: no reply, none in time, we are stopping, a status that says so, or an unreadable reply. */
export type RetryReason = "network" | "timeout" | "aborted" | "status" | "garbage" | "too-large";

/**
 * How an attempt ended. `reply` is the reply's text as it can be stored.
 * `refused` is about the message, `stopped` about credentials or configuration: the message itself may be fine.
 */
export type SendResult =
  | { readonly kind: "acked"; readonly reqMsgId: string; readonly status: number; readonly reply: string }
  | { readonly kind: "refused"; readonly status: number; readonly refusal: RemoteRefusal; readonly reply: string }
  | { readonly kind: "stopped"; readonly status: number; readonly reply: string }
  | {
      readonly kind: "retry";
      readonly reason: RetryReason;
      readonly status?: number;
      readonly retryAfterMs?: number;
      readonly reply?: string;
    };

export interface SendRequest {
  /** The network's base URL; the operation's path is put after it. */
  readonly url: string;
  readonly operation: Operation;
  /** The exact text that is signed and sent. */
  readonly body: string;
  /** The same over all attempts of one message. */
  readonly webhookId: string;
  /** Goes along as `x-request-id`, so that both sides' logs can be read together. */
  readonly requestId?: string | undefined;
  readonly secrets: readonly string[];
  readonly bearer?: string | undefined;
  readonly now: Date;
  /** From the connection to the last byte of the reply. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** One attempt at delivering a message. Never throws for what the network does, and never follows a redirect. */
export async function sendToNetwork(request: SendRequest): Promise<SendResult> {
  const headers = headersOf(request);
  const maxReplyBytes = MAX_REPLY_BYTES + 2 * Buffer.byteLength(request.body);
  // Not AbortSignal.any: on Node 20 it leaks a little with each call on a signal that lives as long as the process.
  const controller = new AbortController();
  let reason: RetryReason = "network";
  const stop = (why: RetryReason) => {
    reason = why;
    controller.abort();
  };
  const onAbort = () => stop("aborted");
  if (request.signal?.aborted) return { kind: "retry", reason: "aborted" };
  request.signal?.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => stop("timeout"), request.timeoutMs);
  try {
    const response = await post({
      url: request.url.replace(/\/+$/, "") + operationPath(request.operation),
      headers,
      body: request.body,
      maxReplyBytes,
      signal: controller.signal,
    });
    const { bytes } = response;
    return bytes ? judge(response, storableText(bytes, maxReplyBytes), request.now) : tooLarge(response, request.now);
  } catch {
    return { kind: "retry", reason };
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", onAbort);
  }
}

function headersOf({ webhookId, requestId, body, secrets, now, bearer }: SendRequest): Record<string, string> {
  return {
    "content-type": "application/json",
    accept: "application/json",
    // Some gateways turn away whoever doesn't send one.
    "user-agent": "Chukta",
    ...(secrets.length > 0 ? signWebhook({ webhookId, body, secrets, now }) : { "webhook-id": webhookId }),
    ...(requestId ? { "x-request-id": requestId } : {}),
    ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
  };
}

const isOk = ({ status }: PostReply) => status >= 200 && status <= 299;

/** The status counts even when the body is too much to read, except where the body would have to say what was decided. */
function tooLarge(response: PostReply, now: Date): SendResult {
  return isOk(response) ? { kind: "retry", reason: "too-large", status: response.status } : judge(response, "", now);
}

function judge(response: PostReply, reply: string, now: Date): SendResult {
  const { status } = response;
  const read = readReply(reply);
  if (isOk(response)) {
    if (!read) return { kind: "retry", reason: "garbage", status, reply };
    if (read.taken) return { kind: "acked", reqMsgId: read.reqMsgId, status, reply };
    return { kind: "refused", status, refusal: read.refusal, reply };
  }
  if (REFUSED.has(status) || (status === 409 && isOtherContent(read)))
    return { kind: "refused", status, refusal: refusalIn(read, status), reply };
  if (RETRIED.has(status) || status >= 500) {
    const wait = retryAfterMs(response.header("retry-after"), now);
    return { kind: "retry", reason: "status", status, reply, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  }
  return { kind: "stopped", status, reply };
}

/**
 * The one 409 that no other attempt can mend: the network holds other content under this id, and ours never changes. Any other 409 may
 * be a lock of a gateway on the way, and ends by itself (docs/decisions/036).
 */
const isOtherContent = (read: ReadReply | null) => read?.taken === false && read.refusal.code === "DUPLICATE_CONFLICT";

function refusalIn(read: ReadReply | null, status: number): RemoteRefusal {
  if (read && !read.taken) return read.refusal;
  return {
    code: `HTTP_${status}`,
    detail: `The network refused the message (HTTP ${status}) without a reason.`,
    field: "",
  };
}
