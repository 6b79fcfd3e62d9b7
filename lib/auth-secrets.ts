import "server-only";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/*
 * AUTH_SECRET signs cookies and encrypts second factors; those in AUTH_SECRETS_ACCEPTED are believed too. So it can be changed while
 * portals are replaced one by one, and nobody is signed out (docs/operations.md, "Secrets").
 */

/** The secrets as better-auth takes them, the one in use first. A version is a secret's own number, wherever it stands in the list. */
export function authSecrets(): { version: number; value: string }[] {
  const versionOf = (secret: string) =>
    Number.parseInt(createHash("sha256").update(secret).digest("hex").slice(0, 7), 16);
  return [env.AUTH_SECRET, ...env.AUTH_SECRETS_ACCEPTED].map((value) => ({ version: versionOf(value), value }));
}

const SIGNED = /^((?:__Host-)?chukta\.[\w-]+=)(.+)$/;

const signatureOf = (value: string, secret: string) => createHmac("sha256", secret).update(value).digest("base64");

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The cookie as if AUTH_SECRET had signed it, where another accepted secret has; else as it is. */
function resigned(cookie: string): string {
  const [, name, encoded] = SIGNED.exec(cookie.trim()) ?? [];
  if (!name || !encoded) return cookie;
  let text: string;
  try {
    text = decodeURIComponent(encoded);
  } catch {
    return cookie;
  }
  const dot = text.lastIndexOf(".");
  const [value, signature] = [text.slice(0, dot), text.slice(dot + 1)];
  if (dot < 1 || !env.AUTH_SECRETS_ACCEPTED.some((secret) => isSame(signature, signatureOf(value, secret))))
    return cookie;
  return `${name}${encodeURIComponent(`${value}.${signatureOf(value, env.AUTH_SECRET)}`)}`;
}

/** The same headers, with the portal's own cookies signed by AUTH_SECRET, which is all that better-auth checks them by. */
export function withCurrentSignatures(headers: Headers): Headers {
  const cookies = headers.get("cookie");
  if (!cookies || env.AUTH_SECRETS_ACCEPTED.length === 0) return headers;
  const all = new Headers(headers);
  all.set("cookie", cookies.split(";").map(resigned).join("; "));
  return all;
}
