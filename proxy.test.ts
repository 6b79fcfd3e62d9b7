import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { contentSecurityPolicy, proxy } from "./proxy";

const production = { nonce: "abc", development: false, https: true };

/** "script-src 'self' …" of a policy, as its list of sources. */
function sources(policy: string, directive: string): string[] {
  const found = policy.split("; ").find((part) => part.startsWith(`${directive} `));
  return found?.split(" ").slice(1) ?? [];
}

test("no script runs that the server did not write itself", () => {
  const policy = contentSecurityPolicy(production);
  expect(sources(policy, "script-src")).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"]);
  expect(sources(policy, "style-src")).not.toContain("'unsafe-inline'");
  expect(policy).not.toMatch(/https?:|\*/);
});

test("no page can be framed, and none sends a form elsewhere", () => {
  const policy = contentSecurityPolicy(production);
  expect(sources(policy, "frame-ancestors")).toEqual(["'none'"]);
  expect(sources(policy, "form-action")).toEqual(["'self'"]);
  expect(sources(policy, "base-uri")).toEqual(["'none'"]);
});

test("the toasts' style sheet is the one that the policy allows", () => {
  const code = readFileSync(
    createRequire(import.meta.url)
      .resolve("sonner")
      .replace(/\.js$/, ".mjs"),
    "utf8",
  );
  const literal = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(code)?.[1];
  const hash = createHash("sha256")
    .update(JSON.parse(literal ?? "null"))
    .digest("base64");
  expect(sources(contentSecurityPolicy(production), "style-src")).toContain(`'sha256-${hash}'`);
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
  expect(plain.headers.get("strict-transport-security")).toBeNull();
  expect(plain.headers.get("content-security-policy")).not.toContain("upgrade-insecure-requests");
  const behindTls = proxy(new NextRequest("http://portal/", { headers: { "x-forwarded-proto": "https" } }));
  expect(behindTls.headers.get("strict-transport-security")).toContain("max-age=");
  expect(behindTls.headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
});
