import { request as httpRequest, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
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
function statusOf(method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest({ port, method, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

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
