import { writeFileSync } from "node:fs";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { disconnect, system } from "@/lib/db";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { runStatement } from "@/lib/pool";
import { median } from "../load";
import { type WallCase, wallCases } from "./cases";

/*
 * Each case with the wall and without it in alternating rounds, in a process of its own since the settings are read once. Without it:
 * the same code on connections of the database's owner, on the tables themselves, no business named. Arguments: the database's
 * administrative address, how many rounds, milliseconds of each, where to write.
 */

export interface WallFigure {
  name: string;
  /** Per second, the medians of the rounds. */
  walled: number;
  bare: number;
  /** The median over the rounds of walled by bare. */
  ratio: number;
}

/** At once, as many as there are connections in a portal's pool for the four paths. */
const AT_ONCE = 8;

// The portal keeps both of its pools here, one a process.
const held = globalThis as { chuktaPrisma?: PrismaClient; chuktaPool?: pg.Pool };
type Pools = Required<typeof held>;

function barePools(): Pools {
  const config = { connectionString: env.DATABASE_URL };
  return {
    chuktaPrisma: new PrismaClient({ adapter: new PrismaPg({ ...config, max: 10 }) }),
    chuktaPool: new pg.Pool({ ...config, max: AT_ONCE }),
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

/** How many per second, for about so many milliseconds. */
async function rate({ run }: WallCase, milliseconds: number): Promise<number> {
  const start = performance.now();
  let done = 0;
  const worker = async () => {
    while (performance.now() - start < milliseconds) {
      await run(++n);
      done++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done / ((performance.now() - start) / 1000);
}

async function compare(wallCase: WallCase, ways: { walled: Pools; bare: Pools }, rounds: number, milliseconds: number) {
  const rates = { walled: [] as number[], bare: [] as number[] };
  // The first round warms both up, and doesn't count.
  for (let round = 0; round <= rounds; round++)
    for (const way of round % 2 === 0 ? (["walled", "bare"] as const) : (["bare", "walled"] as const)) {
      Object.assign(held, ways[way]);
      const perSecond = await rate(wallCase, milliseconds);
      if (round > 0) rates[way].push(perSecond);
    }
  const ratio = median(rates.walled.map((perSecond, round) => perSecond / (rates.bare[round] ?? Number.NaN)));
  return { name: wallCase.name, walled: median(rates.walled), bare: median(rates.bare), ratio };
}

const [adminUrl = "", rounds = "15", milliseconds = "400", outputFile = ""] = process.argv.slice(2);
// A writing case makes some hundreds a second at most, each way.
const most = Math.ceil((Number(rounds) + 1) * 2 * (Number(milliseconds) / 1000) * 2_500) + 1_000;
const cases = await wallCases(adminUrl, most);
const ways = { walled: await walledPools(), bare: barePools() };
const figures: WallFigure[] = [];
for (const wallCase of cases) {
  n = 0;
  figures.push(await compare(wallCase, ways, Number(rounds), Number(milliseconds)));
}
Object.assign(held, ways.walled);
await Promise.all([disconnect(), ways.bare.chuktaPrisma.$disconnect(), ways.bare.chuktaPool.end()]);
writeFileSync(outputFile, JSON.stringify(figures));
