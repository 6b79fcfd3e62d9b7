import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { Problem } from "@/scripts/problem";

export interface Options {
  /** Repeats a run's choices: who pays what when, and what goes wrong when. */
  readonly seed: string;
  /** How long the trade goes on while things go wrong, and what is open then is given to end, in minutes. */
  readonly minutes: number;
  /** The folder of the portal's production build. */
  readonly distDir: string;
  /** Keeps logs and journals of a good run too. */
  readonly keep: boolean;
}

const USAGE = `npm run chaos -- [--minutes 2] [--seed words] [--dist .next] [--keep]

Two portals, two workers, PostgreSQL and the network, killed, stopped, cut off and misled for some minutes while businesses trade;
then every promise of docs/chaos.md is checked. The seed repeats a run's choices.`;

/** @throws Problem with the usage when the words can't be used */
export function readOptions(words: readonly string[]): Options {
  const strings = { seed: { type: "string" }, minutes: { type: "string" }, dist: { type: "string" } } as const;
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { ...strings, keep: { type: "boolean" } },
      strict: true,
    });
    const minutes = Number(values.minutes ?? "2");
    if (!(minutes >= 0.5 && minutes <= 24 * 60)) throw new Error("--minutes is a number from 0.5 to 1440");
    const seed = values.seed ?? randomBytes(4).toString("hex");
    return { seed, minutes, distDir: values.dist ?? ".next", keep: values.keep ?? false };
  } catch (error) {
    throw new Problem(`${(error as Error).message}\n\n${USAGE}`);
  }
}
