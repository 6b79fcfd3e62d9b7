import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { demoEnvironment, NODE_ARGS, ROOT } from "../scripts/environment";
import { Problem, runMain } from "../scripts/problem";
import { runCommand } from "../scripts/processes";
import { booksOf, withBooks } from "./reads/run";
import type { WallFigure } from "./walls/measure";

/** What the wall may cost: a tenth more work. */
const GOAL = 1.1;

interface Options {
  /** Invoices in the database. */
  size: number;
  /** Alternating rounds of each case, and milliseconds of each. */
  rounds: number;
  milliseconds: number;
}

/**
 * Row-level security as the portal has it (docs/decisions/022) beside the same code on the bare tables. Commits don't wait for the
 * disk here, which both would do alike: so the wall's share is as large as it can be.
 */
function measure({ size, rounds, milliseconds }: Options): Promise<WallFigure[]> {
  return withBooks(false, async (cluster) => {
    const url = await booksOf(cluster, size, { say: () => {} });
    if (!url) throw new Problem("The books could not be filled.");
    const folder = mkdtempSync(join(tmpdir(), "chukta-walls-"));
    const output = join(folder, "figures.json");
    try {
      const args = [...NODE_ARGS, "bench/walls/measure.ts", url, String(rounds), String(milliseconds), output];
      const env = demoEnvironment({ DATABASE_URL: url, LOG_LEVEL: "error", WORKER: "off" });
      const { code } = await runCommand(process.execPath, args, { cwd: ROOT, env });
      if (code !== 0) throw new Problem("The wall could not be measured: see above.");
      return JSON.parse(readFileSync(output, "utf8")) as WallFigure[];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

const row = ({ name, walled, bare, work, rate }: WallFigure) =>
  `| ${name} | ${walled.toFixed(2)} | ${bare.toFixed(2)} | **${work.toFixed(2)}** | ${rate.toFixed(2)} |`;

/** `npm run bench:walls`; `-- --short` for CI: ratios of small books, to be judged with a wide margin. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { short: { type: "boolean", default: false } } });
  console.log(`Load when it began: ${loadavg()[0]?.toFixed(1)}`);
  const figures = await measure(
    values.short ? { size: 2_000, rounds: 5, milliseconds: 150 } : { size: 20_000, rounds: 24, milliseconds: 400 },
  );
  const head = "| | ms of processor, walled | without | ratio | ratio of rates |";
  console.log([head, "|---|---|---|---|---|", ...figures.map(row)].join("\n"));
  for (const { name, work } of figures)
    if (work > GOAL) console.log(`${name}: the wall costs ${((work - 1) * 100).toFixed(0)} %`);
  return 0;
}

void runMain(main);
