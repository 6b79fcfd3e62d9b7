import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Verification, verifyAll } from "@/features/audit/verify";
import { disconnect } from "@/lib/db";
import { readHeads, writeHeads } from "./audit-heads";
import { Problem, runMain } from "./problem";

function fileOf(args: string[]): string | undefined {
  try {
    const { heads } = parseArgs({ args, options: { heads: { type: "string" } } }).values;
    if (heads === "") throw new Error("--heads needs a file");
    return heads === undefined ? undefined : resolve(heads);
  } catch (error) {
    throw new Problem(`${(error as Error).message}\nnpm run audit:verify [-- --heads FILE]`);
  }
}

function print(results: readonly Verification[], broken: number): void {
  for (const { businessId, seals, sealedEvents, unsealedEvents, problems } of results) {
    const verdict = problems.length === 0 ? "holds" : "DOES NOT HOLD";
    console.log(`${businessId}  ${verdict}  ${seals} seals, ${sealedEvents} events, ${unsealedEvents} not sealed yet`);
    for (const problem of problems) console.log(`  ${problem}`);
  }
  console.log(
    broken === 0 ? `${results.length} audit chains hold` : `${broken} of ${results.length} audit chains do not hold`,
  );
}

/**
 * `npm run audit:verify`: recomputes every business's audit chain. Exit code 1 when one does not hold. With `--heads FILE` each must
 * also pass through the head that is in the file; when all do, the file gets the new ones.
 */
async function main(): Promise<number> {
  const file = fileOf(process.argv.slice(2));
  try {
    const results = await verifyAll(file ? readHeads(file) : []);
    const broken = results.filter(({ problems }) => problems.length > 0).length;
    print(results, broken);
    if (!file) return broken === 0 ? 0 : 1;
    if (broken > 0) {
      console.log(`${file} is left as it is`);
      return 1;
    }
    const heads = results.flatMap(({ head }) => head ?? []);
    writeHeads(file, heads, new Date());
    console.log(`${heads.length} heads are in ${file}`);
    return 0;
  } finally {
    await disconnect();
  }
}

void runMain(main);
