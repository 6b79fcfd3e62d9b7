import { describe, expect, test } from "vitest";
import { addTally, lastLines, skippedFaults, tallyOfPlaywright, tallyOfVitest } from "@/scripts/tally";

describe("what npm test counts", () => {
  test("of Vitest's report, with the names of what was skipped", () => {
    const results = [
      { fullName: "walls hold", status: "passed" },
      { fullName: "the previous release works", status: "skipped" },
      { fullName: "the next one works", status: "todo" },
      { fullName: "books add up", status: "failed" },
    ];
    const testResults = [{ name: "/home/me/chukta/prisma/a.test.ts", assertionResults: results }];
    expect(tallyOfVitest({ numPassedTests: 1, numFailedTests: 1, testResults }, "/home/me/chukta")).toEqual({
      passed: 1,
      failed: 1,
      skipped: ["prisma/a.test.ts › the previous release works", "prisma/a.test.ts › the next one works"],
    });
  });

  test("of Playwright's report, also within groups; what passed at a second try has failed", () => {
    const spec = (title: string, status: string) => ({ title, file: "payment.spec.ts", tests: [{ status }] });
    const group = { specs: [spec("rejects", "skipped"), spec("waits", "flaky")] };
    const report = {
      stats: { expected: 1, unexpected: 0, flaky: 1 },
      suites: [{ specs: [spec("pays", "expected")], suites: [group] }],
    };
    expect(tallyOfPlaywright(report)).toEqual({ passed: 1, failed: 1, skipped: ["e2e/payment.spec.ts › rejects"] });
  });

  test("of what chaos says", () => {
    expect(skippedFaults("Faults: kill-portal 3, full-disk can't be done here, blackout 2")).toEqual([
      "chaos › full-disk",
    ]);
    expect(skippedFaults("chaos runs on Linux and macOS, and was skipped.\n")).toEqual(["chaos, the whole run"]);
    expect(skippedFaults("Faults: kill-portal 3")).toEqual([]);
  });

  test("ends with the same line whether anything was skipped or not", () => {
    const one = { passed: 2, failed: 0, skipped: [] };
    expect(lastLines(one)).toBe("2 passed, 0 failed");
    const all = addTally(addTally(one, { passed: 1, failed: 1, skipped: ["a"] }), {
      passed: 0,
      failed: 0,
      skipped: ["b"],
    });
    expect(lastLines(all)).toBe("2 skipped: a; b\n3 passed, 1 failed");
  });
});
