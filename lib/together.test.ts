import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Together } from "@/lib/together";

// On a clock of its own, so that no busy machine changes what comes first.
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Lets so many milliseconds go by. */
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** What comes of it once all that waits has had its time. */
async function outcome<T>(work: Promise<T>): Promise<T> {
  await Promise.all([vi.runAllTimersAsync(), work]);
  return work;
}

function recorder(limits: { atOnce: number; most: number; patience?: number }, ms = 5) {
  const runs: number[][] = [];
  let now = 0;
  let highest = 0;
  const together = new Together(
    async (items: number[]) => {
      runs.push(items);
      now++;
      highest = Math.max(highest, now);
      await delay(ms);
      now--;
      if (items.includes(-1)) throw new Error("no");
      return items.map((item) => item * 10);
    },
    { patience: 0, ...limits },
  );
  return { together, runs, highest: () => highest };
}

describe("together", () => {
  test("a lone item goes at once, alone", async () => {
    const { together, runs } = recorder({ atOnce: 1, most: 9 });
    expect(await outcome(together.add(1))).toBe(10);
    expect(await outcome(together.add(2))).toBe(20);
    expect(runs).toEqual([[1], [2]]);
  });

  test("what comes in during a run goes together into the next, in order, and never more than allowed", async () => {
    const { together, runs, highest } = recorder({ atOnce: 1, most: 3 });
    const first = together.add(1);
    await pass(1);
    const rest = [2, 3, 4, 5].map((item) => together.add(item));
    expect(await outcome(Promise.all([first, ...rest]))).toEqual([10, 20, 30, 40, 50]);
    expect(runs).toEqual([[1], [2, 3, 4], [5]]);
    expect(highest()).toBe(1);
  });

  test("no more runs at once than allowed, and each item has its own result", async () => {
    const { together, highest } = recorder({ atOnce: 2, most: 2 });
    const items = Array.from({ length: 25 }, (_, index) => index);
    const results = Promise.all(items.map((item) => together.add(item)));
    expect(await outcome(results)).toEqual(items.map((item) => item * 10));
    expect(highest()).toBe(2);
  });

  test("a run that takes long holds up the next one no longer than the patience lasts", async () => {
    const { together, runs, highest } = recorder({ atOnce: 2, most: 9, patience: 30 }, 200);
    const first = together.add(1);
    await pass(5);
    const rest = [together.add(2), together.add(3)];
    await pass(24);
    expect(runs).toEqual([[1]]);
    await pass(1);
    expect(runs).toEqual([[1], [2, 3]]);
    expect(await outcome(Promise.all([first, ...rest]))).toEqual([10, 20, 30]);
    expect(highest()).toBe(2);
  });

  test("and so each time", async () => {
    const { together, runs } = recorder({ atOnce: 2, most: 9, patience: 30 }, 200);
    for (const round of [1, 2]) {
      const first = together.add(round);
      await pass(5);
      const second = together.add(round * 10);
      await pass(30);
      expect(runs.splice(0)).toEqual([[round], [round * 10]]);
      await outcome(Promise.all([first, second]));
    }
  });

  test("a run that ends sooner lets the next one go at once", async () => {
    const { together, runs, highest } = recorder({ atOnce: 2, most: 9, patience: 60_000 }, 5);
    const all = [together.add(1)];
    await pass(1);
    all.push(together.add(2), together.add(3));
    await pass(3);
    expect(runs).toEqual([[1]]);
    await pass(2);
    expect(runs).toEqual([[1], [2, 3]]);
    expect(await outcome(Promise.all(all))).toEqual([10, 20, 30]);
    expect(highest()).toBe(1);
  });

  test("a run that fails fails its own items, and the next goes on", async () => {
    const { together } = recorder({ atOnce: 1, most: 2 });
    const results = await outcome(Promise.allSettled([together.add(-1), together.add(2), together.add(3)]));
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  });
});
