import { describe, expect, test } from "vitest";
import { addTally, skippedFaults, summaryOf, tallyOfPlaywright, tallyOfVitest } from "@/scripts/tally";

describe("what npm test counts", () => {
  test("of Vitest's report, with the names of what was skipped and of what failed", () => {
    const test = (fullName: string, status: string, ...failureMessages: string[]) => ({
      fullName,
      status,
      failureMessages,
    });
    const assertionResults = [
      test("walls hold", "passed"),
      test("the previous release works", "skipped"),
      test("the next one works", "todo"),
      test("books add up", "failed", "Error: 1 is not 2"),
    ];
    const file = { name: "/home/me/chukta/prisma/a.test.ts", status: "failed", message: "", assertionResults };
    expect(tallyOfVitest({ numPassedTests: 1, testResults: [file] }, "/home/me/chukta")).toEqual({
      passed: 1,
      failed: [{ name: "prisma/a.test.ts › books add up", said: "Error: 1 is not 2" }],
      skipped: ["prisma/a.test.ts › the previous release works", "prisma/a.test.ts › the next one works"],
    });
  });

  test("of Vitest's report, of a file that couldn't run", () => {
    const file = {
      name: "/home/me/chukta/a.test.ts",
      status: "failed",
      message: "no such module",
      assertionResults: [],
    };
    expect(tallyOfVitest({ numPassedTests: 0, testResults: [file] }, "/home/me/chukta").failed).toEqual([
      { name: "a.test.ts", said: "no such module" },
    ]);
  });

  test("of Playwright's report, also within groups; what passed at a second try has failed", () => {
    const spec = (title: string, status: string, ...errors: string[]) => ({
      title,
      file: "payment.spec.ts",
      tests: [{ status, results: errors.map((message) => ({ error: { message } })) }],
    });
    const group = { specs: [spec("rejects", "skipped"), spec("waits", "flaky", "Timed out")] };
    const report = { stats: { expected: 1 }, suites: [{ specs: [spec("pays", "expected")], suites: [group] }] };
    expect(tallyOfPlaywright(report)).toEqual({
      passed: 1,
      failed: [{ name: "e2e/payment.spec.ts › waits", said: "Timed out" }],
      skipped: ["e2e/payment.spec.ts › rejects"],
    });
  });

  test("of what chaos says", () => {
    expect(skippedFaults("Faults: kill-portal 3, full-disk can't be done here, blackout 2")).toEqual([
      "chaos › full-disk",
    ]);
    expect(skippedFaults("chaos runs on Linux and macOS, and was skipped.\n")).toEqual(["chaos, the whole run"]);
    expect(skippedFaults("Faults: kill-portal 3")).toEqual([]);
  });

  test("ends with the same line whether anything was skipped or failed or not", () => {
    const one = { passed: 2, failed: [], skipped: [] };
    expect(summaryOf(one)).toBe("2 passed, 0 failed");
    const failure = { name: "walls hold", said: "\u001b[31mError: 1 is not 2\u001b[39m\n    at a.ts:1" };
    const all = addTally(addTally(one, { passed: 1, failed: [failure], skipped: ["a"] }), {
      passed: 0,
      failed: [{ name: "Types", said: "" }],
      skipped: ["b"],
    });
    expect(summaryOf(all).split("\n")).toEqual([
      "✗ walls hold",
      "    Error: 1 is not 2",
      "        at a.ts:1",
      "✗ Types",
      "2 skipped: a; b",
      "3 passed, 2 failed",
    ]);
  });

  test("of a long failure its first lines", () => {
    const said = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`).join("\n");
    const lines = summaryOf({ passed: 0, failed: [{ name: "a", said }], skipped: [] }).split("\n");
    expect(lines).toHaveLength(17);
    expect(lines.at(-2)).toBe("    line 15");
  });
});
