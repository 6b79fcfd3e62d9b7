import type { z } from "zod";
import type { Role } from "@/lib/generated/prisma/enums";

/**
 * One operation of the portal's own API, declared once: the route parses by it, and the OpenAPI document is generated from it.
 *
 * - `path` as in OpenAPI: `/api/v1/businesses/{business}/invoices/{id}`.
 * - `params` leaves `business` out: the gate has already turned it into the scope.
 * - `query` and `body` are `z.strictObject(…)`: an unknown field is an error, never ignored.
 * - `response` is what goes out: the result is parsed by it, so that nothing undeclared leaves. Leave it out for 204.
 */
export interface Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: `/api/${string}`;
  tag: string;
  summary: string;
  description?: string;
  /** The least that the caller must be in the business; `INVITED` is for those who have yet to join it. */
  role: Role | "INVITED";
  /** `either` (the default): a browser's session or the business's API key. `session`: people only. */
  callers?: "either" | "session";
  params?: P;
  query?: Q;
  body?: B;
  response?: R;
  /** A reply that isn't JSON but a file with a table (`TABLE_TYPES`), as `format` asks: `run` returns the whole Response. */
  produces?: "table";
  /** The status of success: 200 unless said otherwise, 204 without a response. */
  status?: 200 | 201 | 202 | 204;
}

/** The files that a table is saved as, and their media types. */
export const TABLE_TYPES = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** The most bytes of a request's body. */
export const MAX_BODY_BYTES = 64 * 1024;

/** Declares an operation, and keeps its schemas' types. */
export function defineOperation<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodUndefined,
>(operation: Operation<P, Q, B, R>): Operation<P, Q, B, R> {
  return operation;
}
