import "server-only";
import type { ApiDocument } from "@/features/openapi/document";
import { env } from "@/lib/env";

/** An OpenAPI document as its route answers it: for anyone, also for tools that run in a browser elsewhere. */
export function documentResponse(make: (publicUrl: string) => ApiDocument): Response {
  const headers = { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" };
  return Response.json(make(env.PUBLIC_URL), { headers });
}
