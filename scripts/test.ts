import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPortal } from "./build";
import { NODE_ARGS, ROOT } from "./environment";
import { generateClient } from "./generate";
import { runMain } from "./problem";
import { startProcess } from "./processes";
import { step } from "./progress";
import { endOnSignals, onEnd } from "./shutdown";
import {
  addTally,
  LINES_OF_A_FAILURE,
  skippedFaults,
  summaryOf,
  type Tally,
  tallyOfPlaywright,
  tallyOfVitest,
  type VitestReport,
} from "./tally";

const BUILD_FOLDER = ".next-test";
const resolvePackage = createRequire(import.meta.url).resolve;

const bin = (packageName: string, file: string) => join(resolvePackage(`${packageName}/package.json`), "..", file);

/** Runs a command to its end; with a log file it is quiet. Stopped with all it started when this program is. */
async function run(name: string, args: string[], env: Record<string, string>, logFile?: string): Promise<number> {
  const child = startProcess({
    name,
    command: process.execPath,
    args,
    cwd: ROOT,
    env: { ...process.env, ...env },
    logFile,
    stopSignal: "SIGINT",
    stopTimeoutMs: 30_000,
  });
  onEnd("", child.stop);
  return (await child.exited).code ?? 1;
}

/** A step that counts as one test: quiet while it is well, and with all it said when it isn't. */
async function check(
  title: string,
  action: (logFile: string) => Promise<number>,
  skippedIn: (said: string) => string[] = () => [],
): Promise<Tally> {
  const logFile = join(temporary, `${title.replace(/\W+/g, "-")}.log`);
  const said = () => (existsSync(logFile) ? readFileSync(logFile, "utf8") : "");
  try {
    await step(title, async () => {
      if ((await action(logFile)) !== 0) throw new Error(said());
    });
    return { passed: 1, failed: [], skipped: skippedIn(said()) };
  } catch (error) {
    const message = (error as Error).message.trim();
    console.log(message);
    // A program's last words say why it gave up.
    return {
      passed: 0,
      failed: [{ name: title, said: message.split("\n").slice(-LINES_OF_A_FAILURE).join("\n") }],
      skipped: [],
    };
  }
}

/** What a test runner says in its JSON report. One that failed without a failed test, or without a report, is one failure. */
function tally(name: string, report: string, code: number, count: (json: never) => Tally): Tally {
  const found = existsSync(report)
    ? count(JSON.parse(readFileSync(report, "utf8")) as never)
    : { passed: 0, failed: [], skipped: [] };
  if (code === 0 || found.failed.length > 0) return found;
  return { ...found, failed: [{ name, said: `It ended with ${code}, and no test of its failed: see above.` }] };
}

async function runVitest(): Promise<Tally> {
  const report = join(temporary, "vitest.json");
  const args = [bin("vitest", "vitest.mjs"), "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const code = await run("vitest", args, { TMPDIR: temporary });
  return tally("Unit and integration tests", report, code, (json: VitestReport) => tallyOfVitest(json, ROOT));
}

async function runPlaywright(extra: string[]): Promise<Tally> {
  const report = join(temporary, "playwright.json");
  const args = [bin("@playwright/test", "cli.js"), "test", "--reporter=list,json", ...extra];
  // The tests look for the server's secrets, so they load modules that are the server's alone.
  const asServer = "--conditions=react-server";
  const env = { TMPDIR: temporary, PLAYWRIGHT_JSON_OUTPUT_FILE: report, NODE_OPTIONS: asServer };
  const code = await run("playwright", args, env);
  return tally("Browser tests", report, code, tallyOfPlaywright);
}

/** Prints its figures, which are the point; only what is far off fails. */
async function runBench(): Promise<Tally> {
  const env = { NEXT_DIST_DIR: BUILD_FOLDER, DATABASE_URL: "", TMPDIR: temporary };
  const code = await run("bench", [...NODE_ARGS, "bench/main.ts", "--short"], env);
  if (code === 0) return { passed: 1, failed: [], skipped: [] };
  return { passed: 0, failed: [{ name: "Benches", said: "What is far off is said above." }], skipped: [] };
}

async function typecheck(logFile: string): Promise<number> {
  // What an older build wrote there may name pages that are gone.
  for (const folder of [".next/types", ".next/dev/types", `${BUILD_FOLDER}/types`])
    rmSync(join(ROOT, folder), { recursive: true, force: true });
  return run("tsc", [bin("typescript", "bin/tsc"), "--noEmit"], {}, logFile);
}

const done = async (work: Promise<unknown>) => {
  await work;
  return 0;
};

type Step = [name: string, run: () => Promise<Tally>];

/** Everything, in the order in which it is quickest to learn that something is wrong. */
const STEPS: Step[] = [
  ["generate", () => check("Prisma client", () => done(generateClient()))],
  [
    "lint",
    () => check("Lint and format", (log) => run("biome", [bin("@biomejs/biome", "bin/biome"), "ci", "."], {}, log)),
  ],
  ["types", () => check("Types", typecheck)],
  ["vitest", runVitest],
  [
    "drift",
    () =>
      check("Migrations match the schema", (log) =>
        run("migrate", [...NODE_ARGS, "scripts/migrate.ts", "check"], { DATABASE_URL: "", TMPDIR: temporary }, log),
      ),
  ],
  ["build", () => check("Production build", (log) => done(buildPortal(BUILD_FOLDER, log)))],
  [
    "chaos",
    () =>
      check(
        "Two minutes of chaos",
        (log) =>
          run(
            "chaos",
            [...NODE_ARGS, "chaos/main.ts", "--minutes", "2", "--seed", "npm test", "--dist", BUILD_FOLDER],
            { DATABASE_URL: "", TMPDIR: temporary },
            log,
          ),
        skippedFaults,
      ),
  ],
  ["e2e", () => runPlaywright(process.argv.slice(3))],
  ["bench", runBench],
];

/** All that the tests write outside the repository, so that nothing of it stays behind. */
const temporary = mkdtempSync(join(tmpdir(), "chukta-tests-"));
// PostgreSQL doesn't run as root, and the user it runs as then has to get in.
chmodSync(temporary, 0o755);

async function main(): Promise<number> {
  endOnSignals(() => 130);
  onEnd("", () => rmSync(temporary, { recursive: true, force: true }));
  const only = process.argv[2];
  let total: Tally = { passed: 0, failed: [], skipped: [] };
  for (const [name, runStep] of STEPS) {
    if (only && name !== only) continue;
    total = addTally(total, await runStep());
  }
  console.log(summaryOf(total));
  return total.failed.length === 0 ? 0 : 1;
}

void runMain(main);
