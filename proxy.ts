import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy, isHttps } from "@/lib/http/security-headers";

/** Gives each page its policy, in the place of a data reply's. Headers that are the same for every reply are set in server/portal.ts. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy({
    nonce,
    development: process.env.NODE_ENV === "development",
    https: isHttps(request.headers.get("x-forwarded-proto"), request.nextUrl.protocol),
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // So that whoever has to sign in first comes back to where they wanted to go.
  headers.set("x-chukta-path", request.nextUrl.pathname + request.nextUrl.search);
  // Next.js reads the nonce from here and puts it on every script it writes.
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  // Pages alone: the API answers with JSON, and a webhook's way to the database stays short. Files lie at the top (public/): further
  // down a page's last part may end like one, since a party's B2B ID may be nearly any text.
  matcher: ["/((?!api/|_next/static|_next/image|[^/]+\\.(?:svg|png|ico|js|css|woff2|webmanifest)$).*)"],
};
