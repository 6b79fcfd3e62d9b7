import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { defineOperation } from "@/lib/http/operation";
import { reply, route } from "@/lib/http/route";

const ORIGIN = "http://localhost:3000";

const operation = defineOperation({
  id: "makeThing",
  method: "POST",
  path: "/api/v1/things/{id}",
  tag: "Things",
  summary: "For the test",
  role: "FINANCE",
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ tag: z.union([z.string(), z.array(z.string())]).optional() }),
  body: z.strictObject({
    name: z.string().min(1).max(5),
    kind: z.enum(["A", "B"]),
    lines: z.array(z.strictObject({ net: z.number().int().min(1) })).min(1),
  }),
  response: z.object({ name: z.string() }),
  status: 201,
});

const ID = "019a9d52-0000-7000-8000-000000000000";
const GOOD = { name: "Bill", kind: "A", lines: [{ net: 5 }] };

function call(input: {
  body?: unknown;
  headers?: Record<string, string>;
  id?: string;
  query?: string;
  enter?: () => Promise<string>;
  run?: () => never;
}): Promise<Response> {
  const handler = route(
    operation,
    { enter: input.enter ?? (async () => "someone"), takenParams: ["business"] },
    input.run ?? (({ body }) => ({ name: body.name, secret: "never declared" })),
  );
  const body = typeof input.body === "string" ? input.body : JSON.stringify(input.body ?? GOOD);
  const headers = { origin: ORIGIN, host: "localhost:3000", "content-type": "application/json", ...input.headers };
  const request = new Request(`${ORIGIN}/api/v1/things/${ID}${input.query ?? ""}`, { method: "POST", body, headers });
  return handler(request, { params: Promise.resolve({ id: input.id ?? ID, business: "acme" }) });
}

describe("what goes in", () => {
  test("a good request gets its declared answer, and nothing undeclared goes out", async () => {
    const response = await call({});
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ name: "Bill" });
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("each wrong field is named by its path, in words that a clerk understands", async () => {
    const body = { name: "", kind: "C", lines: [{ net: 5 }, { net: 0.5, gross: 1 }], colour: "red" };
    const response = await call({ body });
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = await response.json();
    expect(problem).toMatchObject({
      type: "about:blank",
      title: "Unprocessable Entity",
      status: 422,
      code: "INVALID",
      instance: `/api/v1/things/${ID}`,
    });
    expect(problem.errors).toEqual([
      { path: "name", message: "Please fill this in.", code: "TOO_SMALL" },
      { path: "kind", message: "Choose one of: A, B.", code: "NOT_ALLOWED" },
      { path: "lines[1].net", message: "This must be a whole number.", code: "WRONG_TYPE" },
      { path: "lines[1].gross", message: "There is no such field.", code: "UNKNOWN_FIELD" },
      { path: "colour", message: "There is no such field.", code: "UNKNOWN_FIELD" },
    ]);
  });

  test("a missing field is told from one of another kind", async () => {
    const problem = await (await call({ body: { kind: "A", lines: "none" } })).json();
    expect(problem.errors).toEqual([
      { path: "name", message: "Please fill this in.", code: "REQUIRED" },
      { path: "lines", message: "This must be a list.", code: "WRONG_TYPE" },
    ]);
  });

  test("the address and the search are parsed as strictly", async () => {
    expect((await call({ id: "7" })).status).toBe(422);
    expect((await call({ query: "?tag=a&tag=b" })).status).toBe(201);
    const unknown = await call({ query: "?page=2" });
    expect(await unknown.json()).toMatchObject({ errors: [{ path: "page", code: "UNKNOWN_FIELD" }] });
  });

  test.each([
    ["text that isn't JSON", { body: "{" }, 422],
    ["another media type", { headers: { "content-type": "text/plain" } }, 415],
    ["a packed body", { headers: { "content-encoding": "gzip" } }, 415],
    ["a form from another site's page", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["more than 64 KB", { body: { ...GOOD, name: "x".repeat(65 * 1024) } }, 413],
    ["a length that lies", { body: "x".repeat(65 * 1024), headers: { "content-length": "2" } }, 413],
  ])("%s is refused", async (_, input, status) => {
    expect((await call(input)).status).toBe(status);
  });
});

describe("who calls", () => {
  test("the gate comes before everything else", async () => {
    const enter = () => Promise.reject(new AppError("NOT_FOUND", "There is no such business."));
    const response = await call({ enter, body: "{", headers: { "content-type": "text/plain" } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "NOT_FOUND", detail: "There is no such business." });
  });

  test("a write by cookie from another site's page is refused; with a key there is no cookie to abuse", async () => {
    const evil = { origin: "https://evil.example" };
    expect((await call({ headers: evil })).status).toBe(403);
    expect((await call({ headers: { ...evil, authorization: "Bearer chk_x" } })).status).toBe(201);
  });
});

describe("what goes wrong", () => {
  const failing = (error: unknown) => () => {
    throw error;
  };

  test("a defect gives nothing away", async () => {
    const response = await call({ run: failing(new Error("relation app_user, password hunter2")) });
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text).requestId).toBe(response.headers.get("x-request-id"));
  });

  test("a database that is away is 503 with Retry-After", async () => {
    const away = Object.assign(new Error("Invalid invocation"), { code: "P1001" });
    const response = await call({ run: failing(away) });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test.each([
    ["UNAUTHENTICATED", 401],
    ["FORBIDDEN", 403],
    ["CONFLICT", 409],
    ["RATE_LIMITED", 429],
  ] as const)("%s becomes %i", async (code, status) => {
    const response = await call({ run: failing(new AppError(code, "Words.", [], 7)) });
    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({ status, code, detail: "Words." });
  });

  test("a request's own id is kept when it is a plain one", async () => {
    const kept = await call({ headers: { "x-request-id": "from-the-proxy-1" } });
    expect(kept.headers.get("x-request-id")).toBe("from-the-proxy-1");
    const odd = await call({ headers: { "x-request-id": "<script>" } });
    expect(odd.headers.get("x-request-id")).not.toBe("<script>");
  });
});

test("a result may carry its own status and headers", async () => {
  const run = vi.fn(() => reply({ name: "again" }, { status: 200, headers: { location: "/x" } }));
  const handler = route(operation, { enter: async () => null, takenParams: ["business"] }, run);
  const headers = { origin: ORIGIN, "content-type": "application/json" };
  const request = new Request(`${ORIGIN}/`, { method: "POST", body: JSON.stringify(GOOD), headers });
  const response = await handler(request, { params: Promise.resolve({ id: ID }) });
  expect([response.status, response.headers.get("location")]).toEqual([200, "/x"]);
});
