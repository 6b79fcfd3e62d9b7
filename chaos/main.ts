import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Facts } from "@/chaos/facts";
import { readOptions } from "@/chaos/options";
import { printReport } from "@/chaos/report";
import { run } from "@/chaos/run";
import { ROOT } from "@/scripts/environment";
import { runMain } from "@/scripts/problem";
import { endOnSignals, onEnd } from "@/scripts/shutdown";

/** `npm run chaos`: the whole system under chaos for some minutes, then every promise checked. Exit code 1 with findings. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (process.platform === "win32") {
    console.log("Windows can't stop a process and let it go on: chaos runs on Linux and macOS, and was skipped.");
    return 0;
  }
  endOnSignals(() => 130);
  const folder = mkdtempSync(join(tmpdir(), "chukta-chaos-"));
  onEnd("", () => rmSync(folder, { recursive: true, force: true }));
  console.log(`Chaos for ${options.minutes} minutes with seed ${options.seed}`);
  const outcome = await run({ ...options, folder }).catch((error: unknown) => {
    console.log(`Logs are in ${keep(folder, options.seed)}`);
    throw error;
  });
  printReport(outcome);
  const isGood = outcome.findings.length === 0;
  if (!isGood || options.keep) console.log(`\nLogs and journals are in ${keep(folder, options.seed, outcome.facts)}`);
  if (!isGood) console.log(`Again: npm run chaos -- --seed ${options.seed} --minutes ${options.minutes}`);
  return isGood ? 0 : 1;
}

/** Keeps what is needed to understand a run, as far as it came. @returns where */
function keep(folder: string, seed: string, facts?: Facts): string {
  const target = join(ROOT, "test-results", `chaos-${seed.replace(/\W/g, "_")}`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, "logs"), { recursive: true });
  for (const name of ["logs", "sandbox"])
    if (existsSync(join(folder, name))) cpSync(join(folder, name), join(target, name), { recursive: true });
  const log = join(folder, "postgres", "postgres.log");
  if (existsSync(log)) cpSync(log, join(target, "logs", "postgres.log"));
  if (facts) writeFileSync(join(target, "facts.json"), JSON.stringify(facts, null, 1));
  return target;
}

void runMain(main);
