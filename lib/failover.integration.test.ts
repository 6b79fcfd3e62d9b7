import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { disconnect, system, transactSystem } from "@/lib/db";
import { isDatabaseAway } from "@/lib/outage";
import { runFresh } from "@/lib/pool";
import { limitPatience } from "@/lib/watched-client";

// A line to PostgreSQL whose connections can die as those to a machine do that lost its power: nothing comes any more, and nobody is told.

const own = process.env.DATABASE_URL ?? "";
const lines = new Set<readonly [Socket, Socket]>();
const server = createServer((client) => {
  const upstream = connect(Number(new URL(own).port), "127.0.0.1");
  lines.add([client, upstream]);
  for (const end of [client, upstream]) end.on("error", () => {});
  client.pipe(upstream).pipe(client);
  client.once("close", () => upstream.destroy());
});

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = new URL(own);
  url.port = String((server.address() as AddressInfo).port);
  process.env.DATABASE_URL = url.href;
  limitPatience(1_000);
});
afterAll(async () => {
  await disconnect();
  for (const line of lines) for (const end of line) end.destroy();
  server.close();
});

/** The standby takes over at the same address: what was open is dead, and a new connection reaches it. */
function failOver(): void {
  for (const [client, upstream] of lines) {
    client.unpipe(upstream);
    upstream.unpipe(client);
    client.resume();
    upstream.resume();
  }
}

const many = <T>(count: number, ask: () => Promise<T>) => Array.from({ length: count }, ask);
const read = () => system.business.count();
const statement = () => runFresh("SELECT 1 AS one", []);

test("a server that falls silent holds nobody up for long, and no connection for good", async () => {
  let goOn = () => {};
  const silence = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const open = many(4, () =>
    transactSystem(async (tx) => {
      await tx.business.count();
      await silence;
      return tx.business.count();
    }),
  );
  // Every connection that there may be is open by then.
  await Promise.all([...many(12, read), ...many(16, statement)]);
  failOver();
  goOn();
  const asked = await Promise.allSettled([...open, ...many(6, read), ...many(8, statement)]);
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => "rejected"));
  for (const each of asked) if (each.status === "rejected") expect(isDatabaseAway(each.reason)).toBe(true);

  const again = [...many(20, read), ...many(12, () => transactSystem((tx) => tx.business.count()))];
  expect(await Promise.all([...again, ...many(16, statement)])).toHaveLength(48);
});
