import "server-only";
import type { z } from "zod";
import { holdUpPerson } from "@/features/businesses/pace";
import { type Invited, invitationGate } from "@/features/invitations/gate";
import { keysCantDoThis } from "@/lib/errors";
import type { Operation } from "@/lib/http/operation";
import { type RouteHandler, type RouteParams, type RunResult, route } from "@/lib/http/route";

/** A route for someone whom a business (`/api/v1/businesses/{business}/…`) invited, by their session. */
export function invitedRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  operation: Operation<P, Q, B, R>,
  run: (input: { invited: Invited; body: z.output<B> }) => Promise<RunResult<z.input<R>>>,
): RouteHandler {
  const gate = {
    takenParams: ["business"],
    enter: async ({ headers }: Request, { business }: RouteParams) => {
      if (headers.has("authorization")) throw keysCantDoThis();
      const invited = await invitationGate(headers, typeof business === "string" ? business : "");
      holdUpPerson(invited.scope.actor.id, new Date());
      return invited;
    },
  };
  return route(operation, gate, ({ access, body }) => run({ invited: access, body }));
}
