import fc from "fast-check";
import { expect, test } from "vitest";
import { FAULT_KINDS, planFaults } from "@/chaos/plan";

const SHORT_MS = 90_000;
const LONG_MS = 30 * 60_000;
const seeds = fc.string({ minLength: 1, maxLength: 12 });

test("a seed gives the same faults again, another seed others", () => {
  fc.assert(
    fc.property(seeds, seeds, (one, other) => {
      expect(planFaults(one, SHORT_MS)).toEqual(planFaults(one, SHORT_MS));
      if (one !== other) expect(planFaults(one, SHORT_MS)).not.toEqual(planFaults(other, SHORT_MS));
    }),
    { numRuns: 20 },
  );
});

test("even a short run has every kind, within its time", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 36_000, max: LONG_MS }), (seed, tradeMs) => {
      const plan = planFaults(seed, tradeMs);
      expect(new Set(plan.map(({ kind }) => kind)).size).toBe(FAULT_KINDS.length);
      for (const { at, lastsMs } of plan) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at + lastsMs).toBeLessThanOrEqual(tradeMs);
      }
    }),
    { numRuns: 50 },
  );
});

test("a short run stops a worker for longer than an attempt may take, a long one beyond its lease", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const longest = (tradeMs: number) =>
        Math.max(...planFaults(seed, tradeMs).flatMap((one) => (one.kind === "stop-worker" ? [one.lastsMs] : [])));
      expect(longest(SHORT_MS)).toBeGreaterThan(20_000);
      expect(longest(LONG_MS)).toBeGreaterThan(45_000);
    }),
    { numRuns: 50 },
  );
});

test("clocks are off by minutes, and by less than a signature bears", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      for (const { kind, offsetMs } of planFaults(seed, LONG_MS)) {
        if (kind !== "wrong-clock") expect(offsetMs).toBe(0);
        else expect(Math.abs(offsetMs)).toBeGreaterThanOrEqual(60_000);
        expect(Math.abs(offsetMs)).toBeLessThan(5 * 60_000);
      }
    }),
    { numRuns: 50 },
  );
});
