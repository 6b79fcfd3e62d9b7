import fc from "fast-check";
import { expect, test } from "vitest";
import { ATTEMPT_TIMEOUT_MS, BACK_OFF_MS, LEASE_MS, waitAfter } from "@/features/messages/rules";

const HOUR = 3_600_000;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const attempt = fc.integer({ min: 1, max: BACK_OFF_MS.length });

test("ten attempts or more, over at least 72 hours, whatever chance adds", () => {
  fc.assert(
    fc.property(fc.array(random, { minLength: 100, maxLength: 100 }), (chances) => {
      let age = 0;
      let attempts = 1;
      for (; ; attempts++) {
        const wait = waitAfter(attempts, chances[attempts] ?? 0, age);
        if (wait === null) break;
        age += wait;
      }
      expect(attempts).toBe(BACK_OFF_MS.length + 1);
      expect(age).toBeGreaterThanOrEqual(72 * HOUR);
      expect(age).toBeLessThan(100 * HOUR);
    }),
  );
});

test("seconds at first, and each wait at least as long as the one before, but for chance", () => {
  expect(waitAfter(1, 0, 0)).toBe(1000);
  for (const [index, wait] of BACK_OFF_MS.entries()) expect(wait).toBeGreaterThanOrEqual(BACK_OFF_MS[index - 1] ?? 0);
});

test("between the wait and a quarter more; never a fraction of a millisecond", () => {
  fc.assert(
    fc.property(attempt, random, (n, chance) => {
      const wait = waitAfter(n, chance, 0) ?? -1;
      const base = BACK_OFF_MS[n - 1] ?? 0;
      expect(Number.isInteger(wait)).toBe(true);
      expect(wait).toBeGreaterThanOrEqual(base);
      expect(wait).toBeLessThanOrEqual(base * 1.25);
    }),
  );
});

test("also the longest wait has a part by chance: what failed together doesn't come back together", () => {
  expect(waitAfter(BACK_OFF_MS.length, 0.5, 0)).toBe(27 * HOUR);
});

test("a longer Retry-After is honoured, a shorter one isn't, and none keeps a message for more than a day", () => {
  fc.assert(
    fc.property(attempt, random, fc.integer({ min: 0, max: 10 * 24 * HOUR }), (n, chance, asked) => {
      const wait = waitAfter(n, chance, 0, asked) ?? -1;
      const own = waitAfter(n, chance, 0) ?? -1;
      expect(wait).toBe(Math.max(own, Math.min(asked, 24 * HOUR)));
    }),
  );
});

test("after the last attempt there is no wait, whatever the network asks for", () => {
  expect(waitAfter(BACK_OFF_MS.length + 1, 0.5, 74 * HOUR, HOUR)).toBeNull();
});

test("attempts that were used up by killed workers don't end the three days: an hour each until then", () => {
  for (const attempt of [BACK_OFF_MS.length + 1, 500]) {
    expect(waitAfter(attempt, 0, HOUR / 4)).toBe(HOUR);
    expect(waitAfter(attempt, 0, 72 * HOUR - 1)).toBe(HOUR);
    expect(waitAfter(attempt, 0, 72 * HOUR)).toBeNull();
  }
});

test("an attempt ends well before its lease", () => {
  expect(ATTEMPT_TIMEOUT_MS * 2).toBeLessThanOrEqual(LEASE_MS);
});
