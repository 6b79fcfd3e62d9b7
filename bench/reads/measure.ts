import { writeFileSync } from "node:fs";
import { disconnect } from "@/lib/db";
import { readCases } from "./cases";
import { firmOf } from "./firm";

/*
 * One size's reads, each through the app's own function on the app's own client, one after another, in a process of its own since the
 * settings are read once. Arguments: the database's administrative address, the business's number, how often, where to write, a part of
 * the names of those to measure.
 */

export interface Measured {
  name: string;
  group: string;
  /** Milliseconds, over the questions. */
  p50: number;
  p95: number;
  max: number;
}

/** Each question is asked so often and the quickest answer counts: what other programs did to this machine meanwhile is not measured. */
const TRIES = 3;

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

const [adminUrl = "", firmNo = "0", times = "40", outputFile = "", only = ""] = process.argv.slice(2);
const cases = readCases(await firmOf(adminUrl, Number(firmNo))).filter(({ name }) => name.includes(only));
const measured: Measured[] = [];
for (const { name, group, run } of cases) {
  await run(0);
  await run(1);
  const took: number[] = [];
  for (let i = 2; i < Number(times) + 2; i++) {
    let best = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const start = performance.now();
      await run(i);
      best = Math.min(best, performance.now() - start);
    }
    took.push(best);
    // What is hopeless is known after a few.
    if (took.length >= 5 && took.reduce((sum, each) => sum + each, 0) > 5_000) break;
  }
  took.sort((a, b) => a - b);
  measured.push({ name, group, p50: quantile(took, 0.5), p95: quantile(took, 0.95), max: took.at(-1) ?? 0 });
}
await disconnect();
writeFileSync(outputFile, JSON.stringify(measured));
