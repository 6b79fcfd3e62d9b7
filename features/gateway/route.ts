import "server-only";
import { handleOperation } from "@/features/gateway/handle";
import type { Operation } from "@/features/protocol/schema";
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
        readBody: (maxBytes) => readBytes(request, maxBytes),
        address: clientAddress(request.headers),
        requestId: requestIdOf(request.headers.get("x-request-id")),
      },
      systemClock,
    );
    return new Response(body, { status, headers });
  };
}

/** The body's bytes, or null as soon as there are more than `maxBytes`: `content-length` may be missing, or lie. */
async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
