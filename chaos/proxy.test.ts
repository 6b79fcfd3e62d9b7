import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { call } from "@/chaos/http";
import { Line } from "@/chaos/proxy";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function startEcho(name: string): Promise<{ server: Server; port: number; bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(Buffer.concat(chunks).toString());
    response.end(`${name}:${bodies.at(-1)}`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push(server);
  return { server, port: (server.address() as AddressInfo).port, bodies };
}

async function openLine(ports: readonly number[], random = () => 0.5): Promise<{ line: Line; port: number }> {
  const line = new Line(() => ports, random);
  const port = await line.listen();
  opened.unshift(line);
  return { line, port };
}

const post = (port: number, text = "hello") => call(port, { method: "POST", path: "/", text });

test("carries both ways what comes", async () => {
  const { port: upstream } = await startEcho("one");
  const { port } = await openLine([upstream]);
  const large = "x".repeat(300_000);
  expect((await post(port, large))?.text).toBe(`one:${large}`);
});

test("cuts a reply in its middle: the request has arrived, and nobody knows", async () => {
  const { port: upstream, bodies } = await startEcho("one");
  const { line, port } = await openLine([upstream]);
  line.set({ cut: 1 });
  expect(await post(port)).toBeNull();
  expect(bodies).toEqual(["hello"]);
  expect(line.cuts).toBe(1);
  line.clear();
  expect((await post(port))?.text).toBe("one:hello");
});

test("refuses, and says so at once", async () => {
  const { port: upstream, bodies } = await startEcho("one");
  const { line, port } = await openLine([upstream]);
  line.set({ refuse: true });
  expect(await post(port)).toBeNull();
  expect(bodies).toEqual([]);
});

test("hangs until it goes on", async () => {
  const { port: upstream, bodies } = await startEcho("one");
  const { line, port } = await openLine([upstream]);
  line.set({ hang: true });
  const asked = post(port);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(bodies).toEqual([]);
  line.clear();
  expect((await asked)?.text).toBe("one:hello");
});

test("slows down, in order", async () => {
  const { port: upstream } = await startEcho("one");
  const { line, port } = await openLine([upstream]);
  line.set({ latencyMs: 60 });
  const begin = performance.now();
  expect((await post(port))?.text).toBe("one:hello");
  expect(performance.now() - begin).toBeGreaterThan(100);
});

test("goes to another one when the first does not listen", async () => {
  const { port: upstream } = await startEcho("one");
  const gone = await startEcho("gone");
  gone.server.close();
  await once(gone.server, "close");
  const { port } = await openLine([gone.port, upstream], () => 0);
  expect((await post(port))?.text).toBe("one:hello");
});
