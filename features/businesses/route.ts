import "server-only";
import type { z } from "zod";
import { apiKeyGate } from "@/features/api-keys/gate";
import { isBusiness } from "@/features/businesses/data";
import { businessGate, requireRole } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { AppError, notFound } from "@/lib/errors";
import type { Operation } from "@/lib/http/operation";
import { type RouteHandler, type RouteInput, type RouteParams, type RunResult, route } from "@/lib/http/route";

/** What a business's route gets to work with: the scope in place of the bare access. */
export type BusinessRouteInput<P, Q, B> = Omit<RouteInput<P, Q, B, BusinessScope>, "access"> & { scope: BusinessScope };

async function enter(operation: Operation, request: Request, params: RouteParams): Promise<BusinessScope> {
  const business = typeof params.business === "string" ? params.business : "";
  const authorization = request.headers.get("authorization");
  if (authorization === null) return businessGate(request.headers, business);
  if (operation.callers === "session") {
    throw new AppError("FORBIDDEN", "An API key can't do this: sign in to the portal for it.");
  }
  const scope = await apiKeyGate(authorization);
  if (!(await isBusiness(scope, business))) throw notFound("business");
  return scope;
}

/**
 * A route of one business (`/api/v1/businesses/{business}/…`): a member's session or the business's own API key, the operation's
 * role, then everything that lib/http/route.ts does.
 *
 *   export const GET = businessRoute(listInvoicesOperation, ({ scope, query }) => listInvoices(scope, query));
 */
export function businessRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  operation: Operation<P, Q, B, R>,
  run: (
    input: BusinessRouteInput<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<RunResult<z.input<R>>> | RunResult<z.input<R>>,
): RouteHandler {
  const gate = {
    takenParams: ["business"],
    enter: async (request: Request, params: RouteParams) => {
      const scope = await enter(operation, request, params);
      requireRole(scope, operation.role);
      return scope;
    },
  };
  return route(operation, gate, ({ access, ...input }) => run({ ...input, scope: access }));
}
