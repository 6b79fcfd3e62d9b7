import "server-only";
import { env, isLocal } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

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

/**
 * Refuses a write by cookie that comes from a foreign page (CSRF). Browsers send Origin with every write.
 * @throws AppError FORBIDDEN.
 */
export function assertSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const ours = origin === null ? headers.get("sec-fetch-site") === "same-origin" : ownOrigins(headers).includes(origin);
  if (ours) return;
  // Nobody can sign in where PUBLIC_URL isn't the address in their browser: the operator finds both here.
  const from = origin?.slice(0, 200) ?? "an address that was not named";
  logger.warn({ from, publicUrl: env.PUBLIC_URL }, "refused: sent by a page of another address than PUBLIC_URL");
  throw new AppError("FORBIDDEN", "This request came from another web site, so it was not carried out.");
}
