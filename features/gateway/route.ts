import "server-only";
import { handleOperation } from "@/features/gateway/handle";
import type { Operation } from "@/features/protocol/schema";
import { readUpTo } from "@/lib/http/body";
import { clientAddress } from "@/lib/http/client-address";
import { requestIdOf } from "@/lib/http/request-id";
import { systemClock } from "@/lib/time";

/** A Next.js route handler for one of the four paths; the handler behind it knows no framework. */
export function operationRoute(operation: Operation) {
  return async (request: Request): Promise<Response> => {
    const { status, headers, body } = await handleOperation(
      operation,
      {
        method: request.method,
        header: (name) => request.headers.get(name),
        readBody: (maxBytes) => readUpTo(request, maxBytes),
        address: clientAddress(request.headers),
        requestId: requestIdOf(request.headers.get("x-request-id")),
      },
      systemClock,
    );
    return new Response(body, { status, headers });
  };
}
