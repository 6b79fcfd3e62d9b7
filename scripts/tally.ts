import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** A test that failed, or a step that did. */
export interface Failure {
  name: string;
  /** What it said, as it said it: a stack, a program's last words. */
  said: string;
}

/** What came of tests; `skipped` names those that didn't run, since what they promise was not looked at. */
export interface Tally {
  passed: number;
  failed: Failure[];
  skipped: string[];
}

export interface VitestReport {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    /** What kept the file itself from running. */
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

/** What Vitest's JSON report says; files are named as seen from `root`. A file that couldn't run is a failure of its own. */
export function tallyOfVitest(report: VitestReport, root: string): Tally {
  const failed: Failure[] = [];
  const skipped: string[] = [];
  for (const { name: file, status, message, assertionResults } of report.testResults) {
    const before = failed.length;
    for (const test of assertionResults) {
      const name = `${relative(root, file)} › ${test.fullName}`;
      if (test.status === "failed") failed.push({ name, said: test.failureMessages.join("\n") });
      else if (test.status !== "passed") skipped.push(name);
    }
    if (status === "failed" && failed.length === before) failed.push({ name: relative(root, file), said: message });
  }
  return { passed: report.numPassedTests, failed, skipped };
}

interface PlaywrightTest {
  status: string;
  results: { error?: { message?: string; stack?: string } }[];
}

interface PlaywrightSuite {
  specs: { title: string; file: string; tests: PlaywrightTest[] }[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightReport {
  stats: { expected: number };
  suites: PlaywrightSuite[];
}

/** What Playwright's JSON report says. A test that passed only when it was tried again counts as failed. */
export function tallyOfPlaywright({ stats, suites }: PlaywrightReport): Tally {
  const failed: Failure[] = [];
  const skipped: string[] = [];
  const visit = (suite: PlaywrightSuite) => {
    for (const { file, title, tests } of suite.specs)
      for (const { status, results } of tests) {
        const name = `e2e/${file} › ${title}`;
        if (status === "skipped") skipped.push(name);
        else if (status !== "expected")
          failed.push({ name, said: results.map(({ error }) => error?.stack ?? error?.message ?? "").join("\n") });
      }
    suite.suites?.forEach(visit);
  };
  suites.forEach(visit);
  return { passed: stats.expected, failed, skipped };
}

/** The faults that a chaos run could not do on this machine, by what it said. */
export function skippedFaults(said: string): string[] {
  if (/ was skipped\.$/m.test(said)) return ["chaos, the whole run"];
  return [...said.matchAll(/([\w-]+) can't be done here/g)].map(([, fault]) => `chaos › ${fault}`);
}

/** The sum of both. */
export function addTally(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: [...one.failed, ...other.failed],
    skipped: [...one.skipped, ...other.skipped],
  };
}

/** Lines of what a failure said that are said once more at the end: all of it stands where it happened. */
export const LINES_OF_A_FAILURE = 15;

function again({ name, said }: Failure): string {
  const lines = stripVTControlCharacters(said).trim().split("\n");
  const shown = lines.slice(0, LINES_OF_A_FAILURE).map((line) => `    ${line}`.trimEnd());
  return [`✗ ${name}`, ...(said.trim() ? shown : [])].join("\n");
}

/**
 * What `npm test` ends with: what failed, since it stands some thousand lines above, those that were skipped by their names, and
 * the figures in the last line.
 */
export function summaryOf({ passed, failed, skipped }: Tally): string {
  const names = skipped.length > 0 ? [`${skipped.length} skipped: ${skipped.join("; ")}`] : [];
  return [...failed.map(again), ...names, `${passed} passed, ${failed.length} failed`].join("\n");
}
