import { parseArgs } from "node:util";
import { Problem } from "../scripts/problem";
import { step } from "../scripts/progress";
import { onEnd } from "../scripts/shutdown";
import type { Part, Run } from "./parts";
import { settle, startDatabase, startPortalBeside } from "./world/stack";

const USAGE = `npm run security [-- <part> …] [--inputs N] [--seed S] [--only operation] [--from N] [--build folder]

  matrix   every route, against everyone who may call it, on a running portal
  wire     hostile inputs over HTTP, and large, slow and broken requests, on a running portal
  leaks    secrets in the portal's logs, after all that, and in what the browser runs
  supply   licences and install scripts of the packages
  fuzz     hostile inputs for every operation, in this process: --inputs each (1,00,000)

With no part named, all of them. --only and --from try one operation, or one input, again.`;

/** Each part's module, loaded once the settings stand: what it imports reads them. */
const PARTS: Record<string, () => Promise<Part>> = {
  matrix: async () => (await import("./matrix/part")).matrixPart,
  wire: async () => (await import("./wire/part")).wirePart,
  leaks: async () => (await import("./leaks/part")).leaksPart,
  supply: async () => (await import("./supply/part")).supplyPart,
  fuzz: async () => (await import("./fuzz/part")).fuzzPart,
};

const OPTIONS = {
  inputs: { type: "string", default: "100000" },
  seed: { type: "string", default: "chukta" },
  only: { type: "string", default: "" },
  from: { type: "string", default: "0" },
  build: { type: "string", default: ".next" },
  help: { type: "boolean", default: false },
} as const;

function wholeNumber(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Problem(`--${name} is a whole number, not ${text}.`);
  return Number(text);
}

function partsOf(words: readonly string[]): [string, () => Promise<Part>][] {
  const unknown = words.find((word) => !(word in PARTS));
  if (unknown) throw new Problem(`There is no part ${unknown}. Known: ${Object.keys(PARTS).join(", ")}.`);
  return Object.entries(PARTS).filter(([name]) => words.length === 0 || words.includes(name));
}

/** Starts what the parts share, each when it is first asked for. */
async function prepare(build: string): Promise<Pick<Run, "portal" | "world" | "build">> {
  const database = await startDatabase();
  const env = await settle(database);
  const { disconnect } = await import("../lib/db");
  onEnd("", disconnect);
  let portal: ReturnType<Run["portal"]> | undefined;
  let world: ReturnType<Run["world"]> | undefined;
  return {
    build,
    world: () => {
      world ??= import("./world/world").then(({ makeWorld }) => makeWorld());
      return world;
    },
    portal: () => {
      portal ??= startPortalBeside(database, env, build);
      return portal;
    },
  };
}

/** `npm run security`: all parts, or those that are named. @returns the exit code: 1 when anything was found */
export async function runSecurity(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const chosen = partsOf(positionals);
  const run: Run = {
    inputs: wholeNumber(values.inputs, "inputs"),
    from: wholeNumber(values.from, "from"),
    seed: values.seed,
    only: values.only,
    ...(await prepare(values.build)),
  };
  const lines: string[] = [];
  const findings: string[] = [];
  for (const [, load] of chosen) {
    const part = await load();
    const result = await step(
      part.title,
      () => part.run(run),
      ({ summary }) => summary,
    );
    lines.push(`${part.title}: ${result.summary}, ${result.findings.length} findings`);
    findings.push(...result.findings);
  }
  console.log(`\n${lines.join("\n")}`);
  for (const finding of findings) console.log(`  ${finding}`);
  console.log(findings.length === 0 ? "Nothing was found." : `${findings.length} findings.`);
  return findings.length === 0 ? 0 : 1;
}
