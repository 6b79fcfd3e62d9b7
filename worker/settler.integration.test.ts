import { expect, test } from "vitest";
import { claimMessages } from "@/features/messages/mutations/claim";
import type { Attempt } from "@/features/messages/mutations/deliver";
import { enqueueMessage } from "@/features/messages/mutations/enqueue";
import { transact } from "@/lib/db";
import { makeBusiness } from "@/tests/books";
import { prisma } from "@/tests/prisma";
import { Settler } from "@/worker/settler";

const scope = await makeBusiness("Kaveri");

/** Messages that were sent, each with its result to be written down. */
async function attempts(count: number): Promise<Attempt[]> {
  for (let i = 0; i < count; i++)
    await transact(scope, (tx) => {
      const message = { operation: "REQ_PAY", side: "BUYER", revision: 0, content: {} } as const;
      return enqueueMessage(tx, scope, { ...message, objectId: `PMT${crypto.randomUUID()}` }, new Date());
    });
  const now = new Date(Date.now() + 1000);
  return (await claimMessages(now, 100)).map((message) => {
    const result = { kind: "acked", reqMsgId: `REQ${message.id}`, status: 200, reply: "{}" } as const;
    return { message, result, startedAt: now, endedAt: now };
  });
}

const stateOf = async ({ message }: Attempt) =>
  (await prisma.message.findFirstOrThrow({ where: { id: message.id } })).state;

test("results that come together are all written down", async () => {
  const all = await attempts(40);
  let left = all.length;
  const settler = new Settler(() => left);
  await Promise.all(all.map((attempt) => settler.settle(attempt).then(() => left--)));
  expect(left).toBe(0);
  expect(await prisma.message.count({ where: { state: "DELIVERED", settledAt: { not: null } } })).toBe(40);
  expect(await prisma.delivery.count({ where: { outcome: "acked" } })).toBe(40);
});

test("one result that can't be written down doesn't hold up the others", async () => {
  const [good, bad, fine] = await attempts(3);
  if (!good || !bad || !fine) throw new Error("not claimed");
  const settler = new Settler(() => 3);
  const spoilt = { ...bad, result: { ...bad.result, reply: "a\0b" } };
  await Promise.all([good, spoilt, fine].map((attempt) => settler.settle(attempt)));
  expect(await Promise.all([good, bad, fine].map(stateOf))).toEqual(["DELIVERED", "QUEUED", "DELIVERED"]);
});

test("written down twice, as after a reply that was lost, is written down once", async () => {
  const [attempt] = await attempts(1);
  if (!attempt) throw new Error("not claimed");
  const settler = new Settler(() => 0);
  await settler.settle(attempt);
  const before = await prisma.message.findFirstOrThrow({ where: { id: attempt.message.id } });
  await settler.settle({ ...attempt, endedAt: new Date(Date.now() + 60_000) });
  expect(await prisma.message.findFirstOrThrow({ where: { id: attempt.message.id } })).toEqual(before);
  expect(await prisma.delivery.count({ where: { messageId: attempt.message.id } })).toBe(1);
});
