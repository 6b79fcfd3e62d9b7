import { request as httpRequest } from "node:http";
import type { APIResponse } from "@playwright/test";
import { SECURITY_HEADERS } from "../lib/http/security-headers";
import { expect, test } from "./support/test";
import { PEOPLE, signIn } from "./support/world";

function headersOf(response: APIResponse) {
  return Object.fromEntries(Object.keys(SECURITY_HEADERS).map((name) => [name, response.headers()[name]]));
}

test("every reply carries the security headers, and HSTS over https", async ({ page, request }) => {
  await signIn(page, PEOPLE.asha);
  const script = await page.locator("script[src]").first().getAttribute("src");
  const paths = [
    "/sign-in",
    "/docs/api",
    "/no-such-page",
    "/favicon.svg",
    script ?? "no script",
    "/api/health/live",
    "/api/openapi/v1.json",
    "/api/v1/businesses/anvaya-retail",
    "/api/auth/get-session",
    "/api/v0/payment/req-pay",
  ];
  for (const path of paths) {
    const plain = await request.get(path);
    expect.soft(headersOf(plain), path).toEqual(SECURITY_HEADERS);
    expect.soft(plain.headers()["strict-transport-security"], path).toBeUndefined();
    const behindTls = await request.get(path, { headers: { "x-forwarded-proto": "https" } });
    expect.soft(behindTls.headers()["strict-transport-security"], path).toMatch(/max-age=63072000; includeSubDomains/);
  }
});

test("every reply has a Content-Security-Policy that no inline script passes", async ({ request }) => {
  for (const path of [
    "/sign-in",
    "/docs/api",
    "/no-such-page",
    "/favicon.svg",
    "/api/v1/businesses/x",
    "/api/v0/payment/req-pay",
  ]) {
    const policy = (await request.get(path)).headers()["content-security-policy"] ?? "none";
    expect.soft(policy, path).toContain("default-src 'none'");
    expect.soft(policy, path).toContain("object-src 'none'");
    expect.soft(policy, path).toContain("base-uri 'none'");
    expect.soft(policy, path).toContain("frame-ancestors 'none'");
    expect.soft(policy.match(/script-src [^;]*/)?.[0] ?? "", path).not.toContain("unsafe-inline");
  }
});

test("what another site may read: the description of the API, which is everyone's, and nothing else", async ({
  request,
}) => {
  const allowed = async (path: string) => {
    const response = await request.get(path, { headers: { origin: "https://evil.example" } });
    return response.headers()["access-control-allow-origin"];
  };
  for (const path of ["/api/v1/businesses/x", "/sign-in", "/api/health/ready", "/api/auth/get-session"])
    expect(await allowed(path), path).toBeUndefined();
  expect(await allowed("/api/openapi/v1.json")).toBe("*");
});

test("a caller who offers another protocol is answered in this one: a message as well as a page", async ({
  baseURL,
  request,
}) => {
  // From the first page on Next.js would listen for such offers.
  await request.get("/sign-in");
  const offering = (method: string, path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        connection: "Upgrade, HTTP2-Settings",
        upgrade: "h2c",
        "http2-settings": "AAMAAABkAAQCAAAAAAIAAAAA",
      };
      const sending = httpRequest(
        `${baseURL}${path}`,
        { method, headers, agent: false, timeout: 10_000 },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sending.once("error", reject).once("timeout", () => sending.destroy(new Error("not answered")));
      sending.end(method === "POST" ? "{}" : undefined);
    });
  expect(await offering("POST", "/api/v0/payment/req-pay")).toBe(401);
  expect(await offering("GET", "/sign-in")).toBe(200);
  expect(await offering("GET", "/no-such-page")).toBe(404);
});
