import { unstable_doesMiddlewareMatch } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { config, proxy } from "./proxy";

test.each([
  ["/", true],
  ["/b/anvaya/bills", true],
  // A party's B2B ID may end as files do.
  ["/b/anvaya/parties/pay%40acme.js", true],
  ["/b/anvaya/parties/acme.png/ledger", true],
  ["/api/v0/payment/req-pay", false],
  ["/_next/static/chunks/main.js", false],
  ["/favicon.svg", false],
])("%s is a page: %s", (url, isPage) => {
  expect(unstable_doesMiddlewareMatch({ config, url })).toBe(isPage);
});

test("each request gets a nonce of its own, in the reply and for the renderer", () => {
  const [first, second] = [1, 2].map(() => proxy(new NextRequest("http://localhost:3000/sign-in")));
  const policy = first?.headers.get("content-security-policy");
  expect(policy).toMatch(/'nonce-[A-Za-z0-9+/=]{40,}'/);
  expect(second?.headers.get("content-security-policy")).not.toBe(policy);
  expect(first?.headers.get("x-middleware-request-content-security-policy")).toBe(policy);
});

test("plain http on one's own machine is not turned into https", () => {
  const plain = proxy(new NextRequest("http://localhost:3000/"));
  expect(plain.headers.get("content-security-policy")).not.toContain("upgrade-insecure-requests");
  const behindTls = proxy(new NextRequest("http://portal/", { headers: { "x-forwarded-proto": "https" } }));
  expect(behindTls.headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
});
