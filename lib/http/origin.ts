import "server-only";
import { env, isLoopback } from "@/lib/env";
import { AppError } from "@/lib/errors";

/**
 * The origins that pages of this portal have: PUBLIC_URL's. While that is this machine (a demo, a developer's loop), also the host
 * that the browser itself asked for, be it 127.0.0.1 or the machine's name in the office: a foreign page can't choose the Host
 * header of a request that carries our cookie.
 */
export function ownOrigins(headers: Headers): string[] {
  const own = new URL(env.PUBLIC_URL);
  const host = headers.get("host");
  return isLocal(own) && host ? [own.origin, `http://${host}`] : [own.origin];
}

/** Whether an address is plain http on this machine, the only place where cookies need not be `Secure`. */
export function isLocal(url: URL): boolean {
  return url.protocol === "http:" && isLoopback(url);
}

/**
 * Refuses a write by cookie that comes from a foreign page (CSRF). Browsers send Origin with every write.
 * @throws AppError FORBIDDEN.
 */
export function assertSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const ours = origin === null ? headers.get("sec-fetch-site") === "same-origin" : ownOrigins(headers).includes(origin);
  if (!ours) throw new AppError("FORBIDDEN", "This request came from another web site, so it was not carried out.");
}
