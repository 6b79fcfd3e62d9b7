import { type NextRequest, NextResponse } from "next/server";

/**
 * sonner puts its styles into the page by a <style> that takes no nonce, so this one text is allowed by its hash, and the
 * empty text that the element has before. proxy.test.ts says what the first must be after an upgrade.
 */
const SONNER_STYLES =
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

interface PolicyOptions {
  nonce: string;
  development: boolean;
  https: boolean;
}

/** The Content-Security-Policy of one page: nothing from elsewhere, and no script that the server did not write itself. */
export function contentSecurityPolicy({ nonce, development, https }: PolicyOptions): string {
  // React rebuilds server stacks with eval, and the error overlay styles itself: in development only.
  const scripts = `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`;
  const styles = development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}' ${SONNER_STYLES}`;
  const directives = [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    // Style attributes, not style sheets: Radix and React write them while rendering on the server (a menu's place, a
    // hidden field), and an attribute can take no nonce. They can't select other elements, so can't read the page.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  if (https) directives.push("upgrade-insecure-requests");
  return directives.join("; ");
}

/** Gives each page its policy. Headers that are the same for every response stand in next.config.js. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  // Behind a load balancer the portal itself is spoken to in plain http. Who forges this header harms only their own reply.
  const protocol = request.headers.get("x-forwarded-proto") ?? request.nextUrl.protocol;
  const https = protocol.startsWith("https");
  const policy = contentSecurityPolicy({
    nonce,
    development: process.env.NODE_ENV === "development",
    https,
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // So that whoever has to sign in first comes back to where they wanted to go.
  headers.set("x-chukta-path", request.nextUrl.pathname + request.nextUrl.search);
  // Next.js reads the nonce from here and puts it on every script it writes.
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (https) response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  return response;
}

export const config = {
  // Pages alone: the API answers with JSON, and a webhook's way to the database stays short.
  matcher: ["/((?!api/|_next/static|_next/image|.*\\.(?:svg|png|ico|js|css|woff2|webmanifest)$).*)"],
};
