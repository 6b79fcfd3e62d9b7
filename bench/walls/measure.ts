import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { disconnect, system } from "@/lib/db";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { planName } from "@/lib/kept-plans";
import { runStatement } from "@/lib/pool";
import { walledConnection } from "@/lib/wall";
import { median } from "../load";
import { type WallCase, wallCases } from "./cases";

/*
 * Each case with the wall and without it in alternating rounds, in a process of its own since the settings are read once. Without it:
 * the same code on connections of the database's owner, on the tables themselves, no business named. Arguments: the database's
 * administrative address, how many rounds, milliseconds of each, where to write.
 */

export interface WallFigure {
  name: string;
  /** Milliseconds of the processor that one takes, in this process and (on Linux) in PostgreSQL's, over all rounds. */
  walled: number;
  bare: number;
  /** Of these, walled by bare. */
  work: number;
  /** Of the rates, walled by bare, the median of the rounds' own: whatever else the machine does shows in it. */
  rate: number;
}

interface Round {
  done: number;
  perSecond: number;
  cpuMs: number;
}

/** At once, as many as there are connections in a portal's pool for the four paths. */
const AT_ONCE = 8;

// The portal keeps both of its pools here, one a process.
const held = globalThis as { chuktaPrisma?: PrismaClient; chuktaPool?: pg.Pool };
type Pools = Required<typeof held>;

/** All that the portal's connections ask for but whom they run as and where they look: plans are made and kept in the same way. */
const ALIKE = (walledConnection().options ?? "").replace(/-c (role|search_path)=\S+/g, "");

function barePools(): Pools {
  const config = { connectionString: env.DATABASE_URL, options: ALIKE };
  return {
    chuktaPrisma: new PrismaClient({
      adapter: new PrismaPg({ ...config, max: 10 }, { statementNameGenerator: planName }),
    }),
    chuktaPool: new pg.Pool({ ...config, max: AT_ONCE, statement_timeout: 15_000 }),
  };
}

async function walledPools(): Promise<Pools> {
  await system.$queryRaw`SELECT 1`;
  await runStatement("warm", "SELECT 1", []);
  const { chuktaPrisma, chuktaPool } = held;
  if (!chuktaPrisma || !chuktaPool) throw new Error("the portal keeps its pools elsewhere");
  return { chuktaPrisma, chuktaPool };
}

let n = 0;

const admin = new pg.Client({ connectionString: process.argv[2] });

/** The kernel counts in hundredths of a second. */
const TICK_MS = 10;

function serverCpuMs(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return 0;
  // After the name, which may contain anything and ends with a bracket: utime and stime are the 12th and 13th.
  const fields = readFileSync(file, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Milliseconds of the processor that this process (0) and each of its connections' has used so far, by process number. */
async function cpuMs(): Promise<Map<number, number>> {
  const { rows } = await admin.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  const { user, system } = process.cpuUsage();
  return new Map([[0, (user + system) / 1000], ...rows.map(({ pid }) => [pid, serverCpuMs(pid)] as const)]);
}

/** What was used since. A connection that has ended since is left out on both sides. */
async function cpuMsSince(before: Map<number, number>): Promise<number> {
  return [...(await cpuMs())].reduce((sum, [pid, used]) => sum + used - (before.get(pid) ?? 0), 0);
}

/** What is done in about so many milliseconds. */
async function measure({ run }: WallCase, milliseconds: number): Promise<Round> {
  const before = await cpuMs();
  const start = performance.now();
  let done = 0;
  const worker = async () => {
    while (performance.now() - start < milliseconds) {
      await run(++n);
      done++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const seconds = (performance.now() - start) / 1000;
  return { done, perSecond: done / seconds, cpuMs: await cpuMsSince(before) };
}

function cpuOfOne(rounds: readonly Round[]): number {
  const sum = (value: (round: Round) => number) => rounds.reduce((total, round) => total + value(round), 0);
  return sum((round) => round.cpuMs) / sum(({ done }) => done);
}

async function compare(wallCase: WallCase, ways: { walled: Pools; bare: Pools }, rounds: number, milliseconds: number) {
  const found = { walled: [] as Round[], bare: [] as Round[] };
  // The first round warms both up, and doesn't count.
  for (let round = 0; round <= rounds; round++)
    for (const way of round % 2 === 0 ? (["walled", "bare"] as const) : (["bare", "walled"] as const)) {
      Object.assign(held, ways[way]);
      const measured = await measure(wallCase, milliseconds);
      if (round > 0) found[way].push(measured);
    }
  const [walled, bare] = [cpuOfOne(found.walled), cpuOfOne(found.bare)];
  const rates = found.walled.map(({ perSecond }, round) => perSecond / (found.bare[round]?.perSecond ?? Number.NaN));
  return { name: wallCase.name, walled, bare, work: walled / bare, rate: median(rates) };
}

const [adminUrl = "", rounds = "15", milliseconds = "400", outputFile = ""] = process.argv.slice(2);
// A writing case makes some hundreds a second at most, each way.
const most = Math.ceil((Number(rounds) + 1) * 2 * (Number(milliseconds) / 1000) * 2_500) + 1_000;
await admin.connect();
const cases = await wallCases(adminUrl, most);
const ways = { walled: await walledPools(), bare: barePools() };
const figures: WallFigure[] = [];
for (const wallCase of cases) {
  n = 0;
  figures.push(await compare(wallCase, ways, Number(rounds), Number(milliseconds)));
}
Object.assign(held, ways.walled);
await Promise.all([admin.end(), disconnect(), ways.bare.chuktaPrisma.$disconnect(), ways.bare.chuktaPool.end()]);
writeFileSync(outputFile, JSON.stringify(figures));
