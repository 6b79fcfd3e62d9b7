import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dataFolder, ownEnvironment } from "../scripts/environment";
import { Problem, runMain } from "../scripts/problem";
import { endOnSignals } from "../scripts/shutdown";
import { growthOf, slowestOf, table } from "./reads/report";
import { booksOf, FIRMS, type FirmName, measure, type SizeFigures, withBooks } from "./reads/run";

/** What every list, filter, search and home figure may take at the server, in milliseconds at p95. */
const GOAL_MS = 100;

const SIZES = [10_000, 100_000, 1_000_000];

interface Options {
  sizes: number[];
  /** How many questions each read is asked. */
  times: number;
  /** Keep the books in `.data/bench` for the next run. */
  keep: boolean;
  only?: string;
  firms?: FirmName[];
  /** Milliseconds after which building stops; the next run goes on. */
  buildFor?: number;
  buildOnly?: boolean;
}

async function figuresOf(options: Options): Promise<SizeFigures[]> {
  const { sizes, times, keep, only, buildFor, buildOnly } = options;
  return withBooks(keep, async (cluster) => {
    const until = buildFor ? Date.now() + buildFor : undefined;
    const all: SizeFigures[] = [];
    for (const size of sizes) {
      console.log(`${size.toLocaleString("en-IN")} invoices`);
      const url = await booksOf(cluster, size, { say: console.log, ...(until && { until }) });
      if (!url) throw new Problem("Not all of the books are there yet: run it again to go on.");
      if (buildOnly) continue;
      const firms = {} as Record<FirmName, SizeFigures["firms"]["largest"]>;
      for (const firm of options.firms ?? (Object.keys(FIRMS) as FirmName[]))
        firms[firm] = await measure(url, firm, times, only);
      all.push({ size, firms });
    }
    return all;
  });
}

/** For CI: two small sizes, of which only the growth between them says something. */
const SHORT: Options = { sizes: [2_000, 20_000], times: 8, keep: false };

/** Ten times the invoices may make the middle read this much slower; a scan of all of them would make it ten times. */
const MOST_GROWTH = 4;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      size: { type: "string", multiple: true },
      times: { type: "string", default: "20" },
      only: { type: "string" },
      firm: { type: "string" },
      short: { type: "boolean", default: false },
      report: { type: "boolean", default: false },
      build: { type: "boolean", default: false },
      minutes: { type: "string" },
    },
  });
  endOnSignals(() => 130);
  const folder = join(dataFolder(ownEnvironment()), "bench");
  const fileOf = (size: number) => join(folder, `reads-${size}.json`);
  const sizes = values.size?.map(Number) ?? SIZES;
  if (sizes.some((size) => !(size >= 1000 && size <= 10_000_000))) throw new Problem("--size is a number of invoices.");
  console.log(`Load when it began: ${loadavg()[0]?.toFixed(1)}`);
  const figures = values.report
    ? sizes.map((size) => JSON.parse(readFileSync(fileOf(size), "utf8")) as SizeFigures)
    : values.short
      ? await figuresOf(SHORT)
      : await figuresOf({
          sizes,
          times: Number(values.times),
          keep: true,
          buildOnly: values.build,
          ...(values.only && { only: values.only }),
          ...(values.firm && { firms: [values.firm as FirmName] }),
          ...(values.minutes && { buildFor: Number(values.minutes) * 60_000 }),
        });
  if (values.build) return 0;
  mkdirSync(folder, { recursive: true });
  if (!values.short && !values.only && !values.report)
    for (const each of figures) {
      // One business may be measured at a time.
      const file = fileOf(each.size);
      const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as SizeFigures) : each;
      each.firms = { ...earlier.firms, ...each.firms };
      writeFileSync(file, JSON.stringify(each));
    }
  console.log(table(figures));
  console.log(slowestOf(figures, GOAL_MS));
  const growth = growthOf(figures);
  console.log(growth.words);
  return values.short && growth.worst > MOST_GROWTH ? 1 : 0;
}

void runMain(main);
