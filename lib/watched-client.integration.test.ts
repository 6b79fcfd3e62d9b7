import { beforeAll, expect, onTestFinished, test } from "vitest";
import { limitPatience, WatchedClient } from "@/lib/watched-client";

const PATIENCE_MS = 1_000;
beforeAll(() => limitPatience(PATIENCE_MS));

async function open(): Promise<WatchedClient> {
  const client = new WatchedClient({ connectionString: process.env.DATABASE_URL });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("each statement has as long as one may take, also where several wait for each other", async () => {
  const client = await open();
  await Promise.all([1, 2, 3].map(() => client.query("SELECT pg_sleep(0.6)")));
  await after(PATIENCE_MS);
  expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

test("what is asked of a silent connection meanwhile doesn't put its end off", async () => {
  const client = await open();
  const started = performance.now();
  const ask = (text: string) =>
    client.query(text).then(
      () => "answered",
      () => "rejected",
    );
  const asked = [ask("SELECT pg_sleep(20)")];
  for (let again = 0; again < 4; again++) {
    await after(400);
    asked.push(ask("ROLLBACK"));
  }
  expect(await Promise.all(asked)).toEqual(asked.map(() => "rejected"));
  expect(performance.now() - started).toBeLessThan(2 * PATIENCE_MS);
});
