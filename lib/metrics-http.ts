import "server-only";
import { metrics } from "@/lib/metrics";

const OPERATION = /^\/api\/v0\/payment\/((?:req|resp)-pay(?:-confirmation)?)\/?$/;
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Which kind of request a path is: a dozen in all, whatever callers ask for. */
export function routeOf(path: string): string {
  if (path.startsWith("/_next/")) return "static";
  if (!path.startsWith("/api/")) return "page";
  const operation = OPERATION.exec(path)?.[1];
  if (operation) return `v0 ${operation}`;
  const area = /^\/api\/(v1|auth|health|openapi)\//.exec(path)?.[1];
  return area ?? "other";
}

/** Whether the address is one of the network's four, and not merely leads there (a slash at the end is Next.js's to redirect). */
export function isOperation(url = ""): boolean {
  const path = url.split("?", 1)[0] ?? "";
  return OPERATION.test(path) && !path.endsWith("/");
}

/** Counts a request that has ended. `status` is 0 when the caller left before there was one. */
export function observeRequest(request: { route: string; method: string; status: number; seconds: number }): void {
  const { route, method, status, seconds } = request;
  const known = METHODS.has(method) ? method : "other";
  metrics().requests.observe({ route, method: known, status: String(status) }, seconds);
}
