import { request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataHeaders } from "@/lib/http/security-headers";
import { createPortalServer, listen } from "@/server/portal";

let server: Server;
let port: number;
const seen: string[] = [];
let clock = Date.parse("2026-11-20T05:00:00Z");

beforeAll(async () => {
  server = createPortalServer(
    (request, response) => {
      seen.push(request.url ?? "");
      response.writeHead(204).end();
    },
    () => new Date(clock),
  );
  port = await listen(server, 0);
});
afterAll(() => new Promise((closed) => server.close(closed)));

/** A request whose address goes out as it is written: fetch would put it right first. */
function replyTo(method: string, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders }>((resolve, reject) => {
    httpRequest({ port, method, path, headers, agent: false }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    })
      .on("error", reject)
      .end();
  });
}

const statusOf = async (method: string, path: string) => (await replyTo(method, path)).status;

test("what Next.js would answer with a 500 doesn't come to it", async () => {
  expect(await statusOf("TRACE", "/b/acme")).toBe(405);
  for (const path of ["/b/%", "/b/%zz", "/b/%ff", "/b/%ED%A0%80", "/b/%C0%AE", "/b/%00", "/b/acme/bills?q=%00"])
    expect(await statusOf("GET", path), path).toBe(400);
  expect(seen).toEqual([]);
});

test("nor what it would answer with another site's address, or with a 500 and lines of its own in the log", async () => {
  for (const address of ["http://evil.example/b/acme", "https://evil.example", "evil.example:443", "*"])
    expect(await statusOf("GET", address), address).toBe(400);
  const withPage = async (tree: string) =>
    (await replyTo("GET", "/b/acme", { rsc: "1", "next-router-state-tree": tree })).status;
  for (const tree of ["x", "%", "%5B", "[]", encodeURIComponent('["",{"children":3}]'), `${"%5B".repeat(2000)}`])
    expect(await withPage(tree), tree.slice(0, 40)).toBe(400);
  expect(seen).toEqual([]);
  expect(await withPage(encodeURIComponent('["",{"children":["__PAGE__",{}]}]'))).toBe(204);
  seen.length = 0;
});

test("a page is only read: there is no Server Action whose arguments a stranger could send", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
    for (const path of ["/", "/b/acme", "/sign-in?next=/api/v1", "/api", "/_next/static/x"])
      expect(await statusOf(method, path), `${method} ${path}`).toBe(405);
  expect((await replyTo("POST", "/b/acme", { "next-action": "0".repeat(42) })).headers.allow).toBe(
    "GET, HEAD, OPTIONS",
  );
  // Nor behind an address that Next.js reads as a page's.
  for (const path of ["/api/../sign-in", "/api/%2e%2e/sign-in", "/api/v1/../../b/acme?x=1", "/api/..\\sign-in"])
    expect(await statusOf("POST", path), path).toBe(405);
  expect(seen).toEqual([]);
  expect(await statusOf("PATCH", "/api/v1/businesses/acme")).toBe(204);
  for (const method of ["HEAD", "OPTIONS"]) expect(await statusOf(method, "/b/acme")).toBe(204);
  seen.length = 0;
});

test("what is sent to nobody under /api/ gets the API's own answer, from whichever site it comes", async () => {
  const form = { origin: "https://evil.example", "content-type": "multipart/form-data; boundary=x" };
  for (const method of ["GET", "POST", "DELETE"]) {
    const { status, headers } = await replyTo(method, "/api/v1/nothing-here", form);
    expect([status, headers["content-type"]], method).toEqual([404, "application/problem+json"]);
    expect(headers).toMatchObject(dataHeaders({ https: false }));
  }
  const wrong = await replyTo("DELETE", "/api/v1/businesses/acme?x=1", form);
  expect([wrong.status, wrong.headers.allow]).toEqual([405, "GET, HEAD, OPTIONS, PATCH"]);
  expect((await replyTo("HEAD", "/api/v1/nothing-here")).status).toBe(404);
  expect(seen).toEqual([]);
});

test("the pages of the reference, which cost much and are for anyone, come at most one a second after the first forty", async () => {
  const read = async (path: string) => (await replyTo("GET", path)).status;
  for (let page = 0; page < 40; page++) expect(await read(page % 2 ? "/docs/api?_rsc=1" : "/docs/api/v0")).toBe(204);
  const tooMany = await replyTo("GET", "/docs/api");
  expect([tooMany.status, tooMany.headers["retry-after"]]).toEqual([429, "1"]);
  expect(await read("/b/acme")).toBe(204);
  clock += 1_000;
  expect([await read("/docs/api"), await read("/docs")]).toEqual([204, 429]);
  for (const path of ["/b/../docs/api", "/./docs/api?_rsc=1", "/%2e/docs/api", "/b/.%2E/docs/api/v0"])
    expect(await read(path), path).toBe(429);
  for (const path of ["/_next/data/x/docs/api.json", "/_next/./data/x/docs/api.json"])
    expect(await read(path)).toBe(404);
  expect(await read("/b/docs/bills")).toBe(204);
  seen.length = 0;
});

test("every other address does, as it is", async () => {
  const paths = ["/", "/b/acme%2Fx", "/b/%E0%A4%9A", "/b/acme/bills?q=100%", "/b/acme/bills?q=%25", "/%2500"];
  for (const path of paths) expect(await statusOf("GET", path), path).toBe(204);
  expect(seen).toEqual(paths);
});

test("every reply has the headers that keep it safe in a browser, refused ones too, and HSTS over https", async () => {
  for (const [method, path] of [
    ["TRACE", "/b/acme"],
    ["GET", "/b/%"],
    ["GET", "/b/acme"],
    ["GET", "/api/v1/businesses/acme"],
  ] as const) {
    const plain = await replyTo(method, path);
    expect(plain.headers, path).toMatchObject(dataHeaders({ https: false }));
    expect(plain.headers, path).not.toHaveProperty("strict-transport-security");
    const behindTls = await replyTo(method, path, { "x-forwarded-proto": "https" });
    expect(behindTls.headers, path).toMatchObject(dataHeaders({ https: true }));
  }
});
