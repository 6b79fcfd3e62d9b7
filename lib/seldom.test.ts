import { expect, test, vi } from "vitest";
import { seldom } from "./seldom";

function setUp(takesMs: number, fails = false) {
  let clock = 0;
  const read = vi.fn(async () => {
    clock += takesMs;
    if (fails) throw new Error("away");
    return read.mock.calls.length;
  });
  const failed = vi.fn();
  const ask = seldom(read, { failed, now: () => clock });
  return { ask, read, failed, pass: (ms: number) => (clock += ms) };
}

test("is read once in ten seconds, and by one for all", async () => {
  const { ask, read, pass } = setUp(10);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  pass(9_999);
  expect(await ask()).toBe(1);
  pass(1);
  expect(await ask()).toBe(2);
  expect(read).toHaveBeenCalledTimes(2);
});

test("what takes long is read less often: never more than a fiftieth of the time", async () => {
  const { ask, pass } = setUp(2_000);
  await ask();
  pass(99_000);
  expect(await ask()).toBe(1);
  pass(1_000);
  expect(await ask()).toBe(2);
});

test("what can't be read leaves nothing to show, and is said", async () => {
  const { ask, failed } = setUp(10, true);
  expect(await ask()).toBeNull();
  expect(await ask()).toBeNull();
  expect(failed).toHaveBeenCalledTimes(1);
});

test("whoever asks isn't kept waiting for ever, and gets it when it is there", async () => {
  let arrive: (value: number) => void = () => {};
  const ask = seldom(() => new Promise<number>((resolve) => (arrive = resolve)), { failed: () => {}, patienceMs: 20 });
  expect(await ask()).toBeNull();
  const later = ask();
  arrive(7);
  expect(await later).toBe(7);
});
