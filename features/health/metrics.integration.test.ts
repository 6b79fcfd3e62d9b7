import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/v1/businesses/[business]/payments/route";
import { sealAll } from "@/features/audit/seal";
import { readFigures } from "@/features/health/figures";
import { publishFigures } from "@/features/health/publish";
import { followRequests } from "@/lib/http/follow-requests";
import { metrics } from "@/lib/metrics";
import { startMetrics } from "@/lib/metrics-server";
import { systemClock } from "@/lib/time";
import { createPortalServer, listen } from "@/server/portal";
import { apiOf } from "@/tests/api";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { deliverMessage } from "@/tests/deliver";
import { TestNetwork } from "@/tests/network";
import { prisma } from "@/tests/prisma";

// Real requests, a real delivery, and what Prometheus then reads.

const network = new TestNetwork();
let server: Server;
let portal: string;
let scraped: Server | null;

beforeAll(async () => {
  await network.start();
  followRequests();
  publishFigures();
  server = createPortalServer((_request, response) => response.writeHead(200).end());
  portal = `http://127.0.0.1:${await listen(server, 0)}`;
  scraped = await startMetrics(0);
});
afterAll(async () => {
  await network.stop();
  for (const each of [server, scraped]) {
    each?.closeAllConnections();
    each?.close();
    if (each) await once(each, "close");
  }
});

const address = () => `http://127.0.0.1:${(scraped?.address() as AddressInfo | undefined)?.port}/metrics`;

/** The samples as Prometheus reads them: `name{labels}` and a number. */
async function scrape(): Promise<Map<string, number>> {
  const text = await (await fetch(address())).text();
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    samples.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

test("a request's id goes with the message it makes, to the network, and the attempt is counted", async () => {
  const buyer = await makeBusiness("Anvaya");
  const supplier = await makeBusiness("Kaveri");
  const invoice = await makeInvoice(buyer, supplier, 100_000);
  const body = paymentOf(supplier, [{ invoice, net: 10_000 }]);
  const call = await apiOf(buyer);
  const answer = await call(
    (request, context) => {
      request.headers.set("x-request-id", "erp-run-4711");
      return POST(request, context);
    },
    { body },
  );
  expect(answer.status).toBe(201);
  const message = await prisma.message.findFirstOrThrow({ where: { objectId: body.objectId, direction: "OUT" } });
  expect(message.requestId).toBe("erp-run-4711");

  network.answers(503, {});
  await deliverMessage({ businessId: buyer.businessId, messageId: message.id }, systemClock);
  await prisma.message.updateMany({
    where: { id: message.id },
    data: { nextAttemptAt: new Date(Date.now() - 60_000) },
  });
  network.reset();
  await deliverMessage({ businessId: buyer.businessId, messageId: message.id }, systemClock);
  expect(network.arrivals[0]?.headers["x-request-id"]).toBe("erp-run-4711");

  const samples = await scrape();
  expect(samples.get('chukta_delivery_attempts_total{operation="req-pay",outcome="retry"}')).toBe(1);
  expect(samples.get('chukta_delivery_attempts_total{operation="req-pay",outcome="acked"}')).toBe(1);
  expect(samples.get('chukta_webhook_duration_seconds_count{operation="req-pay",result="status"}')).toBe(1);
  expect(samples.get('chukta_webhook_duration_seconds_count{operation="req-pay",result="acked"}')).toBe(1);
});

test("what there is to do is counted, at most every ten seconds", async () => {
  const samples = await scrape();
  expect(samples.get('chukta_payments{side="OUTGOING",status="SENDING"}')).toBe(1);
  expect(samples.get('chukta_payments{side="INCOMING",status="ACCEPTED"}')).toBe(0);
  for (const name of ["messages_queued", "messages_due", "messages_oldest_due_seconds", "audit_seal_lag_seconds"])
    expect(samples.get(`chukta_${name}`), name).toBeGreaterThanOrEqual(0);
  expect(samples.get('chukta_messages_stuck{state="GAVE_UP"}')).toBe(0);
  expect(samples.get("chukta_audit_unsealed_events")).toBeGreaterThan(0);
  expect(samples.get('chukta_db_pool_size{pool="prisma"}')).toBe(10);
  expect(samples.get('chukta_db_pool_connections{pool="statements",state="idle"}')).toBeGreaterThan(0);
  expect(samples.get("process_resident_memory_bytes")).toBeGreaterThan(1e7);
  await sealAll();
  expect((await scrape()).get("chukta_audit_unsealed_events")).toBe(samples.get("chukta_audit_unsealed_events"));
});

test("a message that the network took, and refused when it was sent again, says nothing of our credentials", async () => {
  const stopped = async () => (await readFigures()).messages.stopped;
  const before = await stopped();
  const { id } = await prisma.message.findFirstOrThrow({ where: { direction: "OUT", reqMsgId: { not: null } } });
  const stop = (reqMsgId: string | null) =>
    prisma.message.updateMany({ where: { id }, data: { state: "STOPPED", nextAttemptAt: null, reqMsgId } });
  await stop("R0");
  expect(await stopped()).toBe(before);
  await stop(null);
  expect(await stopped()).toBe(before + 1);
});

test("requests are counted by kind, whatever callers ask for: no path, name or number of theirs is a label", async () => {
  const before = await scrape();
  const added = async (sample: string) => ((await scrape()).get(sample) ?? 0) - (before.get(sample) ?? 0);
  for (let i = 0; i < 50; i++) {
    const answer = await fetch(`${portal}/api/v1/businesses/anvaya-${i}/invoices?token=s3cret${i}`, {
      headers: { "x-request-id": `run-${1000 + i}` },
    });
    expect(answer.headers.get("x-request-id")).toBe(`run-${1000 + i}`);
    await fetch(`${portal}/page-${i}`);
    await fetch(`${portal}/api/v0/payment/req-pay`);
  }
  const forged = await fetch(`${portal}/`, { headers: { "x-request-id": "a b\tc<script>" } });
  expect(forged.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  await expect.poll(() => added(count("page"))).toBe(51);
  expect(await added(count("v1"))).toBe(50);
  expect(await added(count("v0 req-pay", 405))).toBe(50);
  // Three new series of one histogram, whatever their number.
  const series = (samples: Map<string, number>) =>
    [...samples.keys()].filter((sample) => sample.startsWith("chukta_http")).length;
  expect(series(await scrape()) - series(before)).toBeLessThan(3 * 15);
  const text = await metrics().registry.metrics();
  expect(text).not.toMatch(/anvaya|kaveri|s3cret|erp-run/i);
});

const count = (route: string, status = 200) =>
  `chukta_http_request_duration_seconds_count{route="${route}",method="GET",status="${status}"}`;

test("nothing but /metrics is answered there", async () => {
  expect((await fetch(address().replace("/metrics", "/"))).status).toBe(404);
  expect((await fetch(address(), { method: "POST" })).status).toBe(404);
  expect((await fetch(address())).headers.get("content-type")).toContain("text/plain; version=0.0.4");
});
