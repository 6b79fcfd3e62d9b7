import { expect, test } from "vitest";
import { findRoutes } from "@/security/matrix/routes";
import { nobodyThere } from "@/server/addresses";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];

/** The API's routes, by an address of each with the methods that its file has. */
const routes = new Map<string, string[]>();
for (const { path, method } of findRoutes().filter((route) => route.path.startsWith("/api/"))) {
  const address = path.replace(/\[[^\]]+\]/g, "x%2Fy");
  routes.set(address, [...(routes.get(address) ?? []), method]);
}

const answer = (method: string, path: string) => nobodyThere(method, path, "of-the-caller");

test("every method that a route has comes to it, with a slash at its end too", () => {
  expect(routes.size).toBeGreaterThan(30);
  for (const [path, methods] of routes)
    for (const method of methods) {
      expect(answer(method, path), `${method} ${path}`).toBeNull();
      expect(answer(method, `${path}/`), `${method} ${path}/`).toBeNull();
    }
});

test("one that it doesn't have is 405, and told what the address takes", async () => {
  const own = [...routes].filter(([path]) => !/^\/api\/(v0|auth)\//.test(path));
  for (const [path, methods] of own) {
    const taken = new Set([...methods, "OPTIONS", ...(methods.includes("GET") ? ["HEAD"] : [])]);
    for (const method of METHODS.filter((one) => !taken.has(one))) {
      const response = answer(method, path);
      expect(response?.status, `${method} ${path}`).toBe(405);
      expect(new Set(response?.headers.get("allow")?.split(", ")), path).toEqual(taken);
      expect(await response?.json()).toMatchObject({ status: 405, code: "METHOD_NOT_ALLOWED", instance: path });
    }
  }
});

test("what is there by a name isn't taken for somebody's id", () => {
  const base = "/api/v1/businesses/acme/invoices";
  expect(answer("GET", `${base}/import`)?.headers.get("allow")).toBe("POST, OPTIONS");
  expect(answer("GET", `${base}/export`)).toBeNull();
  expect(answer("PATCH", `${base}/export`)?.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
});

test.each([
  "/api/",
  "/api/v1",
  "/api/v2/businesses/acme",
  "/api/v1/businesses/acme/invoice",
  "/api/v1/businesses/acme/invoices/1/2",
  "/api/v1/businesses//invoices",
  "/api/v0/payment",
  "/api/v0/payment/req-pay-again",
  "/api/v0/payment/req-pay/x",
  "/api/auth/",
  "/api/openapi/v1xjson",
])("%s is nobody's address, by whatever method", async (path) => {
  for (const method of METHODS) {
    const response = answer(method, path);
    expect(response?.headers.get("content-type"), method).toBe("application/problem+json");
    expect(await response?.json(), method).toMatchObject({
      status: 404,
      code: "NOT_FOUND",
      instance: path,
      requestId: "of-the-caller",
    });
  }
});

test("signing in answers by itself, but for methods that it hasn't", () => {
  for (const method of ["GET", "POST"]) expect(answer(method, "/api/auth/sign-in/email")).toBeNull();
  for (const method of ["PUT", "DELETE"]) expect(answer(method, "/api/auth/sign-in/email")?.status).toBe(404);
});
