import fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBuckets } from "@/lib/token-buckets";

const START = Date.parse("2026-11-20T10:00:00Z");
const at = (seconds: number) => new Date(START + seconds * 1000);

test("a burst goes through, then as many as the rate gives", () => {
  const buckets = new TokenBuckets({ perSecond: 2, burst: 3 });
  expect([0, 0, 0, 0].map((s) => buckets.take("a", at(s)))).toEqual([null, null, null, 1]);
  expect([0.5, 0.5, 1].map((s) => buckets.take("a", at(s)))).toEqual([null, 1, null]);
  expect(buckets.take("b", at(1))).toBeNull();
});

test("a rest saves up one burst, and no more", () => {
  const buckets = new TokenBuckets({ perSecond: 2, burst: 3 });
  buckets.take("a", at(0));
  expect([60, 60, 60, 60].map((s) => buckets.take("a", at(s)))).toEqual([null, null, null, 1]);
});

test("says how long to wait, in whole seconds", () => {
  const buckets = new TokenBuckets({ perSecond: 0.1, burst: 1 });
  buckets.take("a", at(0));
  expect(buckets.wait("a", at(0))).toBe(10);
  expect(buckets.wait("a", at(7.5))).toBe(3);
  expect(buckets.take("a", at(10))).toBeNull();
});

test("a clock that is set back neither gives nor takes", () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 2 });
  buckets.take("a", at(100));
  expect(buckets.take("a", at(0))).toBeNull();
  expect(buckets.take("a", at(0))).toBe(1);
});

test("holds no more keys than it may, and forgets the one used longest ago", () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, 2);
  for (const key of ["a", "b", "a", "c"]) buckets.take(key, at(0));
  expect(["a", "b", "c"].map((key) => buckets.wait(key, at(0)))).toEqual([1, null, 1]);
});

test("never lets more through than burst + rate × time", () => {
  const rate = fc.record({
    perSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
    burst: fc.integer({ min: 1, max: 20 }),
  });
  const calls = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 200 });
  fc.assert(
    fc.property(rate, calls, (given, gaps) => {
      const buckets = new TokenBuckets(given);
      let ms = 0;
      const passed = gaps.filter((gap) => {
        ms += gap;
        return buckets.take("k", new Date(START + ms)) === null;
      });
      expect(passed.length).toBeLessThanOrEqual(given.burst + (given.perSecond * ms) / 1000 + 1e-6);
    }),
  );
});
