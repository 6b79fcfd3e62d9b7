import type { Part } from "../parts";
import { prepareTargets } from "./prepare";
import { type FuzzResult, fuzzTarget } from "./run";
import { Watchdog } from "./watchdog";

/** How many inputs are under way at once: enough that PostgreSQL and this process both have work. */
const CONCURRENCY = 24;

/** How many of each operation's inputs are tried alone, with a look at the books. */
const CAREFUL = 200;

const whole = (count: number) => count.toLocaleString("en-IN");

/** One operation's line in the report. */
function line({ target, inputs, taken, statuses, slowestMs, tookMs, keptBytes, findings }: FuzzResult): string {
  const answers = Object.entries(statuses)
    .map(([status, count]) => `${status}: ${whole(count)}`)
    .join(", ");
  const kept = keptBytes > 0 ? `, kept at most ${whole(keptBytes)} bytes` : "";
  const speed = `${whole(Math.round(inputs / (tookMs / 1000)))}/s, slowest ${Math.round(slowestMs)} ms`;
  return `    ${target}: ${whole(taken)} taken (${answers})${kept}, ${speed}${findings.length ? `, ${findings.length} FINDINGS` : ""}`;
}

/** Hostile inputs for every operation, against the real handlers and a real PostgreSQL in this process. */
export const fuzzPart: Part = {
  title: "Fuzz",
  run: async ({ inputs, seed, only, from }) => {
    const targets = (await prepareTargets(50)).filter((target) => target.name.includes(only));
    const watchdog = new Watchdog();
    const results: FuzzResult[] = [];
    for (const target of targets) {
      process.stdout.write(`    ${target.name} …\n`);
      const result = await fuzzTarget(target, {
        seed,
        inputs,
        from,
        concurrency: CONCURRENCY,
        careful: CAREFUL,
        watchdog,
      });
      results.push(result);
      console.log(line(result));
    }
    await watchdog.stop();
    const all = results.reduce((sum, result) => sum + result.inputs, 0);
    const slowest = Math.max(0, ...results.map((result) => result.slowestMs));
    const kept = Math.max(0, ...results.map((result) => result.keptBytes));
    return {
      summary: `${results.length} operations, ${whole(all)} inputs, slowest ${Math.round(slowest)} ms, kept at most ${whole(kept)} bytes of one`,
      findings: results.flatMap((result) => result.findings),
    };
  },
};
