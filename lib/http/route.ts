import "server-only";
import type { z } from "zod";
import { AppError, type FieldProblem } from "@/lib/errors";
import { readJson } from "@/lib/http/body";
import { fieldProblems, issueWords, pathText } from "@/lib/http/issues";
import { MAX_BODY_BYTES, type Operation } from "@/lib/http/operation";
import { assertSameOrigin } from "@/lib/http/origin";
import { problemResponse, toAppError } from "@/lib/http/problem";
import { requestIdOf } from "@/lib/http/request-id";
import { unstorablePath } from "@/lib/http/storable";
import { logger } from "@/lib/logger";
import { inRequest } from "@/lib/request-context";

/*
 * The one wrapper around the portal's own API (/api/v1). A route file is a declaration over it, through the gate that it needs:
 *
 *   export const POST = businessRoute(createInvoiceOperation, ({ scope, body }) => createInvoice(scope, body));
 *
 * (`businessRoute` in features/businesses/route.ts.) In this order: who may call → Origin on writes by cookie → params, query and
 * body by the operation's strict schemas → `run` → the response by its schema → JSON. What is thrown becomes problem details in
 * one place: AppError as it is, a database that is away 503, anything else 500 without details and one line in the log.
 * Every reply carries `x-request-id`. `run` returns the response's data, or `reply(data, { status, headers })`, or a whole
 * Response (an export, say).
 */

export type RouteParams = Record<string, string | string[] | undefined>;
export type RouteHandler = (request: Request, context: { params: Promise<RouteParams> }) => Promise<Response>;

/** What `run` gets: what the gate returned, and the parsed input. */
export interface RouteInput<P, Q, B, Access> {
  access: Access;
  params: P;
  query: Q;
  body: B;
  request: Request;
  requestId: string;
}

class Reply<T> {
  constructor(
    readonly data: T,
    readonly init: { status?: number; headers?: Record<string, string> },
  ) {}
}

/** A result with a status or headers other than the operation's own (200 for a repeated create, `location` …). */
export function reply<T>(data: T, init: { status?: number; headers?: Record<string, string> }): Reply<T> {
  return new Reply(data, init);
}

export type RunResult<T> = T | Reply<T> | Response;

/** No schema has to think of them, and none can forget: texts that the database can't keep are refused for every operation alike. */
function unstorableFields(value: unknown): FieldProblem[] {
  const path = unstorablePath(value);
  return path
    ? [{ path: pathText(path), message: "Leave out zero bytes and halves of characters.", code: "BAD_CHARACTER" }]
    : [];
}

function parse<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const result = schema.safeParse(data, { error: issueWords, reportInput: true });
  const fields = result.success ? unstorableFields(result.data) : fieldProblems(result.error);
  if (result.success && fields.length === 0) return result.data;
  throw new AppError("INVALID", `${what} can't be used as sent: see the fields named.`, fields);
}

/** A key given once is text, given several times a list. */
function queryObject(params: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const values = params.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

function success<T>(operation: Operation, result: RunResult<T>, requestId: string): Response {
  if (result instanceof Response) {
    result.headers.set("x-request-id", requestId);
    return result;
  }
  const { data, init } = result instanceof Reply ? result : { data: result, init: {} };
  const headers = new Headers({ "cache-control": "no-store", ...init.headers, "x-request-id": requestId });
  if (!operation.response) return new Response(null, { status: init.status ?? 204, headers });
  headers.set("content-type", "application/json");
  const body = JSON.stringify(operation.response.parse(data));
  return new Response(body, { status: init.status ?? operation.status ?? 200, headers });
}

/**
 * Makes a Next.js route handler of an operation. `gate` says who may call (and throws AppError otherwise) and returns what `run`
 * needs to know of the caller; `takenParams` are the path parameters that the gate consumes.
 */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, Access>(
  operation: Operation<P, Q, B, R>,
  gate: { enter: (request: Request, params: RouteParams) => Promise<Access>; takenParams?: readonly string[] },
  run: (
    input: RouteInput<z.output<P>, z.output<Q>, z.output<B>, Access>,
  ) => Promise<RunResult<z.input<R>>> | RunResult<z.input<R>>,
): RouteHandler {
  return async (request, context) => {
    const requestId = requestIdOf(request.headers.get("x-request-id"));
    const url = new URL(request.url);
    try {
      const given = await context.params;
      const access = await gate.enter(request, given);
      const writes = request.method !== "GET" && request.method !== "HEAD";
      if (writes && !request.headers.has("authorization")) assertSameOrigin(request.headers);
      const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !gate.takenParams?.includes(name)));
      const input = {
        access,
        params: (operation.params ? parse(operation.params, rest, "The address") : undefined) as z.output<P>,
        query: (operation.query
          ? parse(operation.query, queryObject(url.searchParams), "The search")
          : undefined) as z.output<Q>,
        body: (operation.body
          ? parse(operation.body, await readJson(request, MAX_BODY_BYTES), "The request")
          : undefined) as z.output<B>,
        request,
        requestId,
      };
      return success(operation, await inRequest(requestId, () => run(input)), requestId);
    } catch (error) {
      const known = toAppError(error);
      if (known.status >= 500) {
        logger.error({ err: error, requestId, operation: operation.id, status: known.status }, "request failed");
      } else {
        // Kept at the usual level: someone who tries doors shows in these lines.
        logger.info({ requestId, operation: operation.id, status: known.status, code: known.code }, "request refused");
      }
      return problemResponse(known, { instance: url.pathname, requestId });
    }
  };
}
