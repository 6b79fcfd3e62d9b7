import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RecentCount } from "@/worker/recent-count";
import { Slots } from "@/worker/slots";

// On a clock of its own, so that no busy machine changes what is measured.
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

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
  const done = vi.fn();
  void slots.whenFree(2, 100).then(done);
  one.end();
  await vi.advanceTimersByTimeAsync(99);
  expect(done).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toHaveBeenCalledOnce();
  expect(slots.free).toBe(1);
  const both = slots.whenFree(2, 100);
  two.end();
  await both;
  expect(slots.free).toBe(2);
});

test("what was counted fades", async () => {
  const count = new RecentCount(20);
  count.add(100);
  expect(count.value).toBe(100);
  await vi.advanceTimersByTimeAsync(20);
  expect(count.value).toBeCloseTo(100 / Math.E);
  await vi.advanceTimersByTimeAsync(1000);
  expect(count.value).toBeLessThan(0.001);
  count.add(3);
  expect(count.value).toBeCloseTo(3);
});
