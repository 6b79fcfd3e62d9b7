import { request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataHeaders } from "@/lib/http/security-headers";
import { createPortalServer, listen } from "@/server/portal";

let server: Server;
let port: number;
const seen: string[] = [];

beforeAll(async () => {
  server = createPortalServer((request, response) => {
    seen.push(request.url ?? "");
    response.writeHead(204).end();
  });
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
