import "server-only";
import type { z } from "zod";
import { apiKeyGate } from "@/features/api-keys/gate";
import { waitForApiKey, waitForStranger } from "@/features/api-keys/limits";
import { isBusiness } from "@/features/businesses/data";
import { businessGate, noneOfYours, requireRole } from "@/features/businesses/gate";
import { holdUp, holdUpPerson } from "@/features/businesses/pace";
import type { BusinessScope } from "@/features/businesses/scope";
import { AppError, keysCantDoThis } from "@/lib/errors";
import { clientAddress } from "@/lib/http/client-address";
import type { Operation } from "@/lib/http/operation";
import { type RouteHandler, type RouteInput, type RouteParams, type RunResult, route } from "@/lib/http/route";

/** What a business's route gets to work with: the scope in place of the bare access. */
export type BusinessRouteInput<P, Q, B> = Omit<RouteInput<P, Q, B, BusinessScope>, "access"> & { scope: BusinessScope };

/** As `apiKeyGate`, but for keys that come too fast, and addresses that try too many. */
async function keyGate(headers: Headers, authorization: string, now: Date): Promise<BusinessScope> {
  const address = clientAddress(headers);
  holdUp(waitForApiKey(authorization, { address }, now));
  try {
    return await apiKeyGate(authorization, now);
  } catch (error) {
    if (error instanceof AppError && error.code === "UNAUTHENTICATED") holdUp(waitForStranger(address, now));
    throw error;
  }
}

async function enter(operation: Operation, { headers }: Request, params: RouteParams): Promise<BusinessScope> {
  const business = typeof params.business === "string" ? params.business : "";
  const authorization = headers.get("authorization");
  if (authorization === null) {
    const scope = await businessGate(headers, business);
    holdUpPerson(scope.actor.id, new Date());
    return scope;
  }
  if (operation.callers === "session") {
    throw keysCantDoThis();
  }
  const scope = await keyGate(headers, authorization, new Date());
  if (!(await isBusiness(scope, business))) throw noneOfYours();
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
  const { role } = operation;
  if (role === "INVITED") throw new Error(`${operation.id} is not for members: see features/invitations/route.ts`);
  const gate = {
    takenParams: ["business"],
    enter: async (request: Request, params: RouteParams) => {
      const scope = await enter(operation, request, params);
      requireRole(scope, role);
      return scope;
    },
  };
  return route(operation, gate, ({ access, ...input }) => run({ ...input, scope: access }));
}
