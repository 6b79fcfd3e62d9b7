import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import {
  contentSecurityPolicy,
  dataHeaders,
  isHttps,
  SECURITY_HEADERS,
  transportHeaders,
} from "@/lib/http/security-headers";

const production = { nonce: "abc", development: false, https: true };

/** "script-src 'self' …" of a policy, as its list of sources. */
function sources(policy: string, directive: string): string[] {
  const found = policy.split("; ").find((part) => part.startsWith(`${directive} `));
  return found?.split(" ").slice(1) ?? [];
}

test("no script runs that the server did not write itself", () => {
  const policy = contentSecurityPolicy(production);
  expect(sources(policy, "script-src")).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"]);
  expect(sources(policy, "script-src-attr")).toEqual(["'none'"]);
  expect(policy).not.toContain("unsafe-");
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

test("a reply that is no page may do nothing in a browser", () => {
  expect(dataHeaders({ https: true })).toEqual({
    ...SECURITY_HEADERS,
    "content-security-policy":
      "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
  });
});

test("only https is promised to stay https", () => {
  expect(transportHeaders({ https: false })).toEqual({});
  expect(isHttps(null)).toBe(false);
  expect(isHttps("http")).toBe(false);
  expect(isHttps("https,http")).toBe(true);
  expect(isHttps(null, "https:")).toBe(true);
});
