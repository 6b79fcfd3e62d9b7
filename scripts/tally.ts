import { relative } from "node:path";

/** What came of tests; `skipped` names those that didn't run, since what they promise was not looked at. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: string[];
}

export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** What Vitest's JSON report says; files are named as seen from `root`. */
export function tallyOfVitest(report: VitestReport, root: string): Tally {
  const skipped = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== "passed" && status !== "failed")
      .map(({ fullName }) => `${relative(root, name)} › ${fullName}`),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped };
}

interface PlaywrightSuite {
  specs: { title: string; file: string; tests: { status: string }[] }[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: PlaywrightSuite[];
}

/** What Playwright's JSON report says. A test that passed only when it was tried again counts as failed. */
export function tallyOfPlaywright({ stats, suites }: PlaywrightReport): Tally {
  const skippedIn = ({ specs, suites: inner = [] }: PlaywrightSuite): string[] => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === "skipped"))
      .map(({ file, title }) => `e2e/${file} › ${title}`),
    ...inner.flatMap(skippedIn),
  ];
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: suites.flatMap(skippedIn) };
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
    failed: one.failed + other.failed,
    skipped: [...one.skipped, ...other.skipped],
  };
}

/** What `npm test` ends with: those that were skipped by their names, where there are any, and the figures in the last line. */
export function lastLines({ passed, failed, skipped }: Tally): string {
  const names = skipped.length > 0 ? [`${skipped.length} skipped: ${skipped.join("; ")}`] : [];
  return [...names, `${passed} passed, ${failed} failed`].join("\n");
}
