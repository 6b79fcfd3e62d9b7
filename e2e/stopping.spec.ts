import { readFileSync } from "node:fs";
import { Agent, get, request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { expect, test } from "@playwright/test";
import { findFreePort } from "../scripts/ports";
import type { RunningProcess } from "../scripts/processes";
import { startSecondPortal } from "./support/second-portal";

/*
 * A second portal on the same data, as a process of its own, watched and then asked to leave in the middle of a request. (The worker's
 * end is in deploy/image.integration.test.ts.)
 */

let portal: RunningProcess;
let port: number;
let metricsPort: number;
let logFile: string;

test.beforeEach(async () => {
  metricsPort = await findFreePort();
  const env = { METRICS_PORT: String(metricsPort), LOG_LEVEL: "info", DRAIN_SECONDS: "2" };
  ({ portal, port, logFile } = await startSecondPortal(test.info().outputPath("portal.log"), env));
});
test.afterEach(() => portal.stop());

const logLines = () =>
  readFileSync(logFile, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));

async function textOf(response: IncomingMessage): Promise<string> {
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) text += chunk;
  return text;
}

const over = (agent: Agent, path: string) =>
  new Promise<{ status: number | undefined; headers: IncomingMessage["headers"]; text: string }>((resolve, reject) => {
    get({ port, path, agent }, async (response) => {
      resolve({ status: response.statusCode, headers: response.headers, text: await textOf(response) });
    }).once("error", reject);
  });

/** A request whose body is not complete until `finish` is called. */
function beginRequest() {
  const sending = httpRequest({
    port,
    method: "POST",
    path: "/api/v0/payment/req-pay",
    headers: { "content-type": "application/json", "x-request-id": "in-the-middle", "transfer-encoding": "chunked" },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    sending.once("response", resolve).once("error", reject),
  );
  sending.write("{");
  return { answered, finish: () => sending.end("}") };
}

const isListening = () =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });

test("a portal that is asked to leave says so before it takes nobody else, answers what it has begun, and is gone within ten seconds", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect((await over(agent, "/api/health/ready")).status).toBe(200);
  const begun = beginRequest();
  await expect.poll(async () => (await over(agent, "/api/health/ready")).status).toBe(200);

  const askedAt = Date.now();
  process.kill(portal.pid, "SIGTERM");
  // The load balancer hasn't noticed yet: whom it sends is answered, and told to come back elsewhere.
  await expect.poll(async () => (await over(agent, "/api/health/ready")).status).toBe(503);
  const [told, late] = [await over(agent, "/api/health/ready"), await over(agent, "/sign-in")];
  expect(JSON.parse(told.text)).toMatchObject({ checks: { process: "stopping" } });
  expect([late.status, late.headers.connection]).toEqual([200, "close"]);
  expect(Date.now() - askedAt).toBeLessThan(2_000);
  // After two seconds nobody new comes in.
  await expect.poll(isListening, { timeout: 5_000 }).toBe(false);
  expect(Date.now() - askedAt).toBeGreaterThan(1_900);
  expect(portal.isRunning()).toBe(true);
  begun.finish();
  const answer = await begun.answered;
  // Unsigned, so it is nobody's; but it is answered, to the end.
  expect([answer.statusCode, JSON.parse(await textOf(answer)).response_code]).toEqual([401, 401]);
  expect(await portal.exited).toEqual({ code: 0, signal: null });
  expect(Date.now() - askedAt).toBeLessThan(10_000);
  agent.destroy();
  expect(logLines().filter(({ level }) => level === "error")).toEqual([]);
});

test("a request that never ends doesn't keep a portal longer than ten seconds", async () => {
  const begun = beginRequest();
  const broken = begun.answered.catch(() => null);
  await expect.poll(async () => (await fetch(`http://127.0.0.1:${port}/api/health/live`)).status).toBe(200);
  const slow = connect(port, "127.0.0.1");
  slow.on("error", () => {});
  slow.write(
    "POST /api/v1/businesses/x/invoices HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\nauthorization: Bearer chk_x\r\n\r\n{",
  );
  const askedAt = Date.now();
  process.kill(portal.pid, "SIGTERM");
  await portal.exited;
  expect(Date.now() - askedAt).toBeLessThan(10_500);
  await broken;
  slow.destroy();
});

test("each request to the API is logged once, with its id and without what was asked for; pages and API are counted", async () => {
  const base = `http://127.0.0.1:${port}`;
  const headers = { "x-request-id": "look-me-up-1", authorization: "Bearer chk_nobody_has_this_key" };
  const answer = await fetch(`${base}/api/v1/businesses/anvaya-retail/invoices?q=s3cret-word`, { headers });
  expect([answer.status, answer.headers.get("x-request-id")]).toEqual([401, "look-me-up-1"]);
  await fetch(`${base}/api/v0/payment/resp-pay`, {
    method: "POST",
    body: "{}",
    headers: { "x-request-id": "look-me-up-2" },
  });
  const page = await fetch(`${base}/sign-in`);
  expect(page.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);

  const requests = () => logLines().filter(({ requestId, msg }) => requestId === "look-me-up-1" && msg === "request");
  await expect.poll(() => requests().length).toBe(1);
  const [line] = requests();
  expect(line).toMatchObject({
    level: "info",
    method: "GET",
    path: "/api/v1/businesses/anvaya-retail/invoices",
    status: 401,
  });
  expect(line.ms).toBeGreaterThan(0);
  await expect
    .poll(() => logLines().find(({ requestId, msg }) => requestId === "look-me-up-2" && msg === "operation"))
    .toMatchObject({ operation: "resp-pay", status: 401 });
  expect(readFileSync(logFile, "utf8")).not.toMatch(/s3cret-word|nobody_has_this_key/);

  const scrape = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  for (const [route, method, status] of [
    ["v1", "GET", 401],
    ["v0 resp-pay", "POST", 401],
    ["page", "GET", 200],
  ])
    await expect
      .poll(scrape)
      .toContain(
        `chukta_http_request_duration_seconds_count{route="${route}",method="${method}",status="${status}"} 1`,
      );
  const text = await scrape();
  expect(text).toMatch(/^chukta_db_pool_connections\{pool="prisma",state="idle"\} \d/m);
  // The worker counts what the whole installation has to do, and here is none.
  expect(text).not.toMatch(/^chukta_messages_queued/m);
});
