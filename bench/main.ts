import { parseArgs } from "node:util";
import { NODE_ARGS, ROOT } from "../scripts/environment";
import { runMain } from "../scripts/problem";
import { startProcess } from "../scripts/processes";
import { endOnSignals, onEnd } from "../scripts/shutdown";

/** One after the other, each a program of its own: whatever one warms up or leaves behind is no other's. */
const BENCHES = [
  ["The network's four messages", "bench/gateway/main.ts"],
  ["Delivery", "bench/delivery.ts"],
  ["Reading a million invoices", "bench/reads.ts"],
  ["Row-level security", "bench/walls.ts"],
  ["Pages", "bench/pages.ts"],
] as const;

/** `npm run bench`: all of them; `-- --short`: for CI, where only wide margins are judged. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { short: { type: "boolean", default: false } } });
  endOnSignals(() => 130);
  let failed = 0;
  for (const [title, file] of BENCHES) {
    console.log(`\n## ${title}\n`);
    const args = [...NODE_ARGS, file, ...(values.short ? ["--short"] : [])];
    const bench = startProcess({
      name: title,
      command: process.execPath,
      args,
      cwd: ROOT,
      env: process.env,
      stopSignal: "SIGINT",
      stopTimeoutMs: 30_000,
    });
    onEnd("", bench.stop);
    if ((await bench.exited).code !== 0) {
      failed++;
      console.log(`\n${title}: not as it should be.`);
    }
  }
  return failed === 0 ? 0 : 1;
}

void runMain(main);
