import "server-only";
import { waitForApiKey, waitForStranger } from "@/features/api-keys/limits";
import { authenticate, type Caller } from "@/features/gateway/authenticate";
import { businessOperations } from "@/features/gateway/business-operations";
import type { GatewayRequest, GatewayResponse } from "@/features/gateway/http";
import { networkOperations } from "@/features/gateway/network-operations";
import type { OperationResult } from "@/features/gateway/operation";
import { keepRefused } from "@/features/messages/mutations/keep-refused";
import { contentHash } from "@/features/protocol/content-hash";
import { ERRORS, type Refusal, refuse } from "@/features/protocol/errors";
import { MESSAGE_LIMITS, parseJson } from "@/features/protocol/parse-json";
import { type Echo, refusalReply } from "@/features/protocol/reply";
import type { Operation } from "@/features/protocol/schema";
import { endOfTurn } from "@/lib/end-of-turn";
import { isUnpacked } from "@/lib/http/body";
import { toAppError } from "@/lib/http/problem";
import { mintReqMsgId } from "@/lib/ids";
import { logger } from "@/lib/logger";
import { inRequest } from "@/lib/request-context";
import type { Clock } from "@/lib/time";

/** Seconds after which a caller should try again when the portal can't take messages. */
const RETRY_SECONDS = 5;

/** How long a body may take to arrive, in milliseconds: one that dribbles in would hold its connection for ever. */
const BODY_TIMEOUT_MS = 10_000;

/**
 * One call of one of the four paths under /api/v0/payment (docs/protocol.md, "The five operations"): raw body and headers in, status and
 * body out. Never throws, and never answers 200 for something that was not stored. Whatever serves HTTP (server/gateway.ts, or a
 * Next.js route) calls this: size, time, caller, rate and log are looked after here, once.
 */
export async function handleOperation(
  operation: Operation,
  request: GatewayRequest,
  clock: Clock,
): Promise<GatewayResponse> {
  const start = performance.now();
  const response = await answer(operation, request, clock);
  const { requestId, method } = request;
  const ms = Math.round((performance.now() - start) * 10) / 10;
  logger.info({ requestId, operation, method, status: response.status, ms }, "operation");
  return response;
}

async function answer(operation: Operation, request: GatewayRequest, clock: Clock): Promise<GatewayResponse> {
  try {
    if (request.method !== "POST") return no(request, refuse("METHOD_NOT_ALLOWED"));
    const tooFast = waitForApiKey(request.header("authorization"), request, clock());
    if (tooFast !== null) return no(request, refuse("RATE_LIMITED"), undefined, tooFast);
    const body = await readBody(request);
    if ("code" in body) return no(request, body);
    await endOfTurn();
    const now = clock();
    const caller = await authenticate(request, body, now);
    if (caller.kind === "stranger") {
      logger.warn(
        { operation, requestId: request.requestId, address: request.address, why: caller.why },
        "a stranger called",
      );
      const tooMany = waitForStranger(request.address, now);
      return tooMany === null
        ? no(request, refuse("UNAUTHENTICATED"))
        : no(request, refuse("RATE_LIMITED"), undefined, tooMany);
    }
    const { json, result } = await judge(operation, request, body, caller, now);
    if (!("refusal" in result)) return reply(request, result.status, result.body);
    await keepRefused(
      {
        operation,
        caller: caller.kind === "network" ? "network" : `business ${caller.scope.b2bId}`,
        json,
        body,
        refusal: result.refusal,
        status: ERRORS[result.refusal.code].status,
      },
      now,
    );
    return no(request, result.refusal, result.echo);
  } catch (error) {
    const { code } = toAppError(error);
    logger.error({ err: error, operation, requestId: request.requestId }, "an operation failed");
    return no(request, refuse(code === "UNAVAILABLE" ? "UNAVAILABLE" : "INTERNAL"));
  }
}

/** The whole body, in time and of a size that is read; or why it isn't. */
function readBody(request: GatewayRequest): Promise<Uint8Array | Refusal> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(refuse("TOO_SLOW")), BODY_TIMEOUT_MS);
    request
      .readBody(MESSAGE_LIMITS.maxBytes)
      .then(
        (body) => body ?? refuse("TOO_LARGE", "", `The message is larger than ${MESSAGE_LIMITS.maxBytes} bytes.`),
        // The caller has gone in the middle; hardly anyone is left to read this.
        () => refuse("MALFORMED_JSON", "", "The message broke off before its end."),
      )
      .then((body) => {
        clearTimeout(timer);
        resolve(body);
      });
  });
}

const PACKED = "The message is packed: it must be sent as it is, without Content-Encoding.";

type KnownCaller = Exclude<Caller, { kind: "stranger" }>;

async function judge(
  operation: Operation,
  request: GatewayRequest,
  bytes: Uint8Array,
  caller: KnownCaller,
  now: Date,
): Promise<{ json: unknown; result: OperationResult }> {
  const mediaType = request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") return { json: null, result: { refusal: refuse("UNSUPPORTED_MEDIA_TYPE") } };
  if (!isUnpacked(request.header("content-encoding")))
    return { json: null, result: { refusal: refuse("UNSUPPORTED_MEDIA_TYPE", "", PACKED) } };
  const parsed = parseJson(bytes);
  if (!parsed.ok) return { json: null, result: parsed };
  const json = parsed.value;
  const record = { body: bytes, contentHash: contentHash(json), requestId: request.requestId };
  if (caller.kind === "network") return { json, result: await networkOperations[operation]({ json, record, now }) };
  const run = businessOperations[operation];
  const forbidden = () => refuse("FORBIDDEN", "", "Only the network may send this message; an API key may not.");
  return {
    json,
    result: run
      ? await inRequest(request.requestId, () => run({ json, record, now }, caller.scope))
      : { refusal: forbidden() },
  };
}

function no(
  request: GatewayRequest,
  refusal: Refusal,
  echo?: Echo,
  retrySeconds: number = RETRY_SECONDS,
): GatewayResponse {
  const { status, body } = refusalReply(refusal, mintReqMsgId(), echo);
  const response = reply(request, status, JSON.stringify(body));
  if (status === 503 || status === 429) response.headers["retry-after"] = String(retrySeconds);
  if (status === 401) response.headers["www-authenticate"] = 'Bearer realm="chukta"';
  if (status === 405) response.headers.allow = "POST";
  return response;
}

function reply(request: GatewayRequest, status: number, body: string): GatewayResponse {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", "x-request-id": request.requestId },
    body,
  };
}
