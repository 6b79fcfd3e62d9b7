import "server-only";
import { V1_OPERATIONS } from "@/features/openapi/operations";
import { AppError, nothingHere } from "@/lib/errors";
import { problemResponse } from "@/lib/http/problem";

/** Next.js answers HEAD where there is a GET, and OPTIONS by itself. */
const LOOKS = ["GET", "HEAD", "OPTIONS"];

/** The methods that each path of the API takes, with names for its changing parts as OpenAPI writes them; but for the network's four. */
const METHODS = new Map<string, readonly string[]>(
  ["/api/health/live", "/api/health/ready", "/api/openapi/v0.json", "/api/openapi/v1.json"].map((path) => [
    path,
    LOOKS,
  ]),
);
for (const { path, method } of V1_OPERATIONS)
  METHODS.set(path, [...new Set([...(METHODS.get(path) ?? []), ...(method === "GET" ? LOOKS : [method, "OPTIONS"])])]);

const namesIn = (path: string) => path.split("{").length;

/** A path without a name goes before one that has it there, as with Next.js: `invoices/import` is no invoice's id. */
const ADDRESSES = [...METHODS]
  .sort(([a], [b]) => namesIn(a) - namesIn(b))
  .map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
    methods,
  }));

/** These answer every method in their own way. */
const OPERATION = /^\/api\/v0\/payment\/(?:req|resp)-pay(?:-confirmation)?$/;

/** What isn't offered there is nothing to a POST and to a look already (lib/auth-endpoint.ts), so it is to every other method. */
const SIGNING_IN = /^\/api\/auth\/./;

const words = new Intl.ListFormat("en");

/**
 * The refusal of a request for a path below /api/ that there isn't, or by a method that the path doesn't take; null for any other. Next.js
 * would take what is sent to no path for a page's form, look whether one of our pages sent it, and say so in the log.
 * @param path the address's, its dots followed
 */
export function nobodyThere(method: string, path: string, requestId: string): Response | null {
  const at = { instance: path, requestId };
  // With a slash at its end Next.js leads to the one without.
  const bare = path.replace(/\/$/, "");
  if (OPERATION.test(bare)) return null;
  if (SIGNING_IN.test(bare) && [...LOOKS, "POST"].includes(method)) return null;
  const methods = ADDRESSES.find(({ pattern }) => pattern.test(bare))?.methods;
  if (!methods) return problemResponse(nothingHere(), at);
  if (methods.includes(method)) return null;
  const refusal = new AppError("METHOD_NOT_ALLOWED", `This address takes ${words.format(methods)} only.`);
  const response = problemResponse(refusal, at);
  response.headers.set("allow", methods.join(", "));
  return response;
}
