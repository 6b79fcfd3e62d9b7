import type { IncomingMessage, ServerResponse } from "node:http";
import { verifyBearer } from "@/features/protocol/bearer";
import { type Refusal, refuse } from "@/features/protocol/errors";
import { MESSAGE_LIMITS, parseJson } from "@/features/protocol/parse-json";
import { peekIds } from "@/features/protocol/peek";
import { refusalReply, type WireReply } from "@/features/protocol/reply";
import { verifyWebhook } from "@/features/protocol/signing";
import { storableText } from "@/features/protocol/storable-text";
import { mintReqMsgId } from "@/lib/ids";
import type { Arrivals } from "@/sandbox/arrivals";
import type { FaultPlan, IncomingFault, WireError } from "@/sandbox/faults";
import { headerOf, isJson, readBytes, sendJson } from "@/sandbox/http";
import type { Log } from "@/sandbox/log";
import type { Network } from "@/sandbox/network";
import type { Credentials } from "@/sandbox/participants";
import type { Timing } from "@/sandbox/timing";
import type { Traffic, TrafficMessage } from "@/sandbox/traffic";
import type { RequestOperation } from "@/sandbox/transfer";
import { pause } from "@/sandbox/waiting";

export interface InboundParts {
  readonly network: Network;
  readonly arrivals: Arrivals;
  readonly traffic: Traffic;
  readonly faults: FaultPlan;
  readonly credentials: Credentials;
  readonly timing: Timing;
  readonly clock: () => Date;
  readonly log: Log;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Record<string, string>;
}

/** Answers a participant's request at one of the two paths that the network takes. */
export async function handleInbound(
  operation: RequestOperation,
  request: IncomingMessage,
  response: ServerResponse,
  parts: InboundParts,
): Promise<void> {
  const { arrivals, faults, timing, clock, network } = parts;
  const startedAt = clock();
  if (faults.current.blackout) return void request.destroy();
  const bytes = await readBytes(request, MESSAGE_LIMITS.maxBytes);
  const json = bytes && parseJson(bytes);
  const value = json?.ok ? json.value : undefined;
  const text = bytes ? storableText(bytes, bytes.length) : "(larger than 1 MB)";
  const record = arrivals.record({ operation, value, text });
  const fault = faults.incoming(peekIds(value).objectId ?? "", operation);
  await pause(fault.delayMs, network.signal);

  if (fault.loss === "request") {
    arrivals.answered(record, startedAt, { reply: null, note: "Fault: lost before it arrived" });
    return void request.destroy();
  }
  if (fault.error) {
    const answer = errorAnswer(fault.error);
    arrivals.answered(record, startedAt, { reply: answer, note: "Fault: an error in place of an answer" });
    return send(response, answer);
  }
  const refusal = whyNot(request, bytes, parts) ?? (json && !json.ok ? json.refusal : null);
  const reply = refusal
    ? refusalReply(refusal, mintReqMsgId())
    : await take(parts, {
        operation,
        value,
        text: bytes?.toString("utf8") ?? "",
        webhookId: headerOf(request, "webhook-id"),
      });
  const answer = { status: reply.status, text: JSON.stringify(reply.body), headers: retryHeader(reply.status) };
  markAnswered(parts.traffic, record, reply);
  await pause(fault.holdAckMs * timing.holdFactor, network.signal);
  arrivals.answered(record, startedAt, { reply: answer, note: words(fault) });
  if (fault.loss === "reply") return void request.destroy();
  send(response, answer);
}

/** Who may call, and what a message must be labelled as, before it is read. */
function whyNot(request: IncomingMessage, bytes: Buffer | null, { credentials, clock }: InboundParts): Refusal | null {
  if (!bytes) return refuse("TOO_LARGE");
  const { signingSecrets, bearerTokens } = credentials;
  if (bearerTokens.length > 0 && !verifyBearer(headerOf(request, "authorization"), bearerTokens))
    return refuse("UNAUTHENTICATED", "", "The bearer token is missing or not one of the network's.");
  if (signingSecrets.length > 0) {
    const header = (name: string) => headerOf(request, name);
    const verified = verifyWebhook({ header, body: bytes, secrets: signingSecrets, now: clock() });
    if (!verified.ok)
      return refuse("UNAUTHENTICATED", "", `The signature does not hold (${verified.reason.replaceAll("-", " ")}).`);
  }
  return isJson(request) ? null : refuse("UNSUPPORTED_MEDIA_TYPE");
}

async function take({ network, log }: InboundParts, request: Parameters<Network["take"]>[0]): Promise<WireReply> {
  try {
    return await network.take(request);
  } catch (error) {
    log("error", `a message could not be kept: ${(error as Error).message}`);
    return refusalReply(refuse("UNAVAILABLE", "", "The network can't store messages just now."), mintReqMsgId());
  }
}

function markAnswered(traffic: Traffic, record: TrafficMessage, { body }: WireReply): void {
  if (body.response_code === 0) traffic.update(record, { state: "taken", reqMsgId: String(body.payload) });
  // A refusal of a repetition says nothing about the first one.
  else if (record.state === "arriving") traffic.update(record, { state: "refused" });
}

function words(fault: IncomingFault): string {
  if (fault.loss === "reply") return "Fault: the reply was lost on its way back";
  return fault.holdAckMs > 0 ? "Fault: the ack was held back" : "";
}

function retryHeader(status: number): Record<string, string> {
  return status === 503 || status === 429 ? { "retry-after": "1" } : {};
}

function errorAnswer(error: WireError): Answer {
  if (error === "garbage") return { status: 200, text: "<html><body>Welcome to the gateway</body></html>" };
  const refusal =
    error === "429"
      ? refuse("RATE_LIMITED", "", "Too many messages in a short time.")
      : refuse("INTERNAL", "", "Something went wrong inside the network.");
  const { status, body } = refusalReply(refusal, mintReqMsgId());
  return { status, text: JSON.stringify(body), headers: retryHeader(status) };
}

function send(response: ServerResponse, { status, text, headers = {} }: Answer): void {
  const html: Record<string, string> = text.startsWith("<") ? { "content-type": "text/html" } : {};
  sendJson(response, { status, body: text, headers: { ...headers, ...html } });
}
