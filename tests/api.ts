import { createApiKey } from "@/features/api-keys/mutations/create";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import type { RouteHandler } from "@/lib/http/route";
import { uuidv7 } from "@/lib/ids";
import { ORIGIN } from "@/tests/sign-in";

export interface ApiCall {
  /** Path parameters; `business` is the key's own unless it is given. */
  params?: Record<string, string>;
  /** The address's query, with its question mark. */
  search?: string;
  method?: string;
  body?: unknown;
}

export type CallApi = (handler: RouteHandler, call?: ApiCall) => Promise<Response>;

/** Calls the portal's own API as a business's software does, with a new API key of that business. */
export async function apiOf(scope: BusinessScope): Promise<CallApi> {
  const owner = mintScope({ ...scope, role: "OWNER" });
  const { keyText } = await createApiKey(owner, { id: uuidv7(), name: "ERP" });
  return (handler, { params = {}, search = "", method, body } = {}) => {
    const headers = new Headers({ host: "localhost:3000", authorization: `Bearer ${keyText}` });
    if (body !== undefined) headers.set("content-type", "application/json");
    const request = new Request(`${ORIGIN}/api/v1/businesses/x${search}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return handler(request, { params: Promise.resolve({ business: scope.b2bId, ...params }) });
  };
}
