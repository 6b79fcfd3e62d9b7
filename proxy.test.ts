import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { proxy } from "./proxy";

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
