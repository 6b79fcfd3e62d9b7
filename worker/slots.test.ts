import { expect, test } from "vitest";
import { RecentCount } from "@/worker/recent-count";
import { Slots } from "@/worker/slots";

function job() {
  let end = () => {};
  const work = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work, end };
}

test("places are taken until their work has ended", async () => {
  const slots = new Slots(3);
  const [one, two] = [job(), job()];
  slots.run(one.work);
  slots.run(two.work);
  expect([slots.free, slots.taken]).toEqual([1, 2]);
  const ended = slots.ended();
  one.end();
  await slots.whenFree(2, 5_000);
  expect([slots.free, slots.taken]).toEqual([2, 1]);
  two.end();
  await ended;
  expect(slots.free).toBe(3);
});

test("waits for as many places as are asked for, or for the time", async () => {
  const slots = new Slots(2);
  const [one, two] = [job(), job()];
  slots.run(one.work);
  slots.run(two.work);
  const started = performance.now();
  one.end();
  await slots.whenFree(2, 100);
  expect(performance.now() - started).toBeGreaterThanOrEqual(95);
  expect(slots.free).toBe(1);
  two.end();
  await slots.whenFree(2, 5_000);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("what was counted fades", async () => {
  const count = new RecentCount(20);
  count.add(100);
  expect(count.value).toBeGreaterThan(50);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(count.value).toBeLessThan(1);
  count.add(3);
  expect(count.value).toBeGreaterThan(2);
});
