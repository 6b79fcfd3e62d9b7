import { expect, test, vi } from "vitest";
import { DatabaseClock } from "@/lib/database-clock";
import { prisma } from "@/tests/prisma";

const databaseNow = async () => {
  const [row] = await prisma.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return Number(row?.now);
};

test("tells the database's time, though this machine's clock is off by an hour", async () => {
  const clock = await DatabaseClock.read();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  try {
    await clock.adjust();
    const before = await databaseNow();
    const told = Number(clock.now());
    const after = await databaseNow();
    // Never behind, whatever the round trip took; and not far ahead.
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThan(after + 5_000);
  } finally {
    vi.useRealTimers();
  }
});

test("goes on by itself", async () => {
  const clock = await DatabaseClock.read();
  const first = Number(clock.now());
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(Number(clock.now()) - first).toBeGreaterThanOrEqual(45);
});
