import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Operation } from "@/features/protocol/schema";
import { signWebhook } from "@/features/protocol/signing";
import { uuidv7 } from "@/lib/ids";
import { demoEnvironment } from "../../scripts/environment";
import { deployMigrations } from "../../scripts/migrate";
import { findFreePort } from "../../scripts/ports";
import { ensureDatabase, startPostgres } from "../../scripts/postgres";
import type { RunningProcess } from "../../scripts/processes";
import { startPortal, startProgram, waitUntilAnswering } from "../../scripts/programs";
import { fire, type LoadResult, median, type Shot } from "../load";
import { LISTS_SQL, PEER_BOOKS_SQL, TABLES_SQL } from "../peers/tables";
import { BOOKS_SQL, BUSINESSES_SQL } from "./books";
import { messageOf } from "./trade";

export const OPERATIONS = ["req-pay", "resp-pay", "req-pay-confirmation", "resp-pay-confirmation"] as const;

export interface GatewayBench {
  /** Messages that each side takes in each round. */
  messages: number;
  /** Alternating rounds; the medians count. */
  rounds: number;
  /** How many buyers and suppliers trade: 1 is a business with all of the traffic. */
  businesses: number;
  connections: number;
  operations: readonly Operation[];
  /** Whether the peer keeps the indexes of the portal's lists and searches too. */
  peerHasLists: boolean;
  /** Where the portal's build is kept. */
  distDir: string;
}

export interface GatewayFigure {
  operation: Operation;
  businesses: number;
  portal: LoadResult;
  peer: LoadResult;
  /** Of messages per second: the portal's by the peer's. */
  ratio: number;
}

interface Target {
  name: "portal" | "peer";
  origin: string;
  database: pg.Client;
  books: Record<Operation, readonly string[]>;
  shotsOf: (operation: Operation, from: number, to: number) => Shot[];
}

/**
 * Measures the portal's four paths with everything on beside the peer (bench/peers), in alternating rounds on one PostgreSQL that
 * commits durably. Starts all it needs on ports of their own, and leaves nothing behind.
 */
export async function benchGateway(
  options: GatewayBench,
  report: (line: string) => void = () => {},
): Promise<GatewayFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), "chukta-bench-"));
  const cluster = await startPostgres({ folder });
  const programs: RunningProcess[] = [];
  const clients: pg.Client[] = [];
  try {
    const open = async (name: string) => {
      const client = new pg.Client({ connectionString: await ensureDatabase(cluster, name) });
      await client.connect();
      clients.push(client);
      return client;
    };
    await deployMigrations(await ensureDatabase(cluster, "chukta"));
    const targets = [
      await portalTarget(options, cluster.url("chukta"), await open("chukta"), folder, programs),
      await peerTarget(options, cluster.url("peer"), await open("peer"), folder, programs),
    ];
    const figures: GatewayFigure[] = [];
    let from = 1;
    for (const operation of options.operations) {
      const results: Record<Target["name"], LoadResult[]> = { portal: [], peer: [] };
      // The first round warms both up, and doesn't count.
      for (let round = 0; round <= options.rounds; round++) {
        const messages = round === 0 ? Math.min(2_000, options.messages) : options.messages;
        for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
          const result = await measure(target, operation, from, messages, options);
          if (round > 0) results[target.name].push(result);
          if (round > 0) report(`  ${operation} ${target.name} ${words(result)}`);
        }
        from += messages;
      }
      figures.push(figure(operation, options.businesses, results));
    }
    return figures;
  } finally {
    for (const client of clients) await client.end().catch(() => {});
    for (const program of programs) await program.stop();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const words = ({ perSecond, p50, p99 }: LoadResult): string =>
  `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;

function figure(
  operation: Operation,
  businesses: number,
  results: Record<Target["name"], LoadResult[]>,
): GatewayFigure {
  const middle = (all: LoadResult[]): LoadResult => ({
    perSecond: median(all.map((one) => one.perSecond)),
    p50: median(all.map((one) => one.p50)),
    p99: median(all.map((one) => one.p99)),
  });
  const [portal, peer] = [middle(results.portal), middle(results.peer)];
  return { operation, businesses, portal, peer, ratio: portal.perSecond / peer.perSecond };
}

async function measure(
  { origin, database, books, shotsOf }: Target,
  operation: Operation,
  from: number,
  messages: number,
  { businesses, connections }: GatewayBench,
): Promise<LoadResult> {
  for (const sql of books[operation]) await database.query(sql, [from, from + messages - 1, businesses]);
  await database.query("VACUUM ANALYZE");
  await database.query("CHECKPOINT");
  const shots = shotsOf(operation, from, from + messages - 1);
  return fire(origin, shots, { connections, isGood: (body) => body.includes('"response_code":0') });
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

async function portalTarget(
  { businesses, distDir }: GatewayBench,
  url: string,
  database: pg.Client,
  folder: string,
  programs: RunningProcess[],
): Promise<Target> {
  await database.query(BUSINESSES_SQL, [businesses]);
  const port = await findFreePort();
  const env = demoEnvironment({
    DATABASE_URL: url,
    WORKER: "off",
    NEXT_DIST_DIR: distDir,
    LOG_LEVEL: "info",
    PORT: String(port),
  });
  const logFile = join(folder, "portal.log");
  const portal = startPortal("start", port, { env, logFile });
  programs.push(portal);
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilAnswering(portal, `${origin}/api/health/live`, logFile);
  const secrets = String(env.NETWORK_SIGNING_SECRETS).split(/[\s,]+/);
  return {
    name: "portal",
    origin,
    database,
    books: BOOKS_SQL,
    shotsOf: (operation, from, to) =>
      range(from, to).map((n) => {
        const body = messageOf(operation, n, businesses);
        const signature = signWebhook({ webhookId: uuidv7(), body, secrets, now: new Date() });
        const headers = { "content-type": "application/json", ...signature };
        return { path: `/api/v0/payment/${operation}`, headers, body };
      }),
  };
}

async function peerTarget(
  { businesses, peerHasLists }: GatewayBench,
  url: string,
  database: pg.Client,
  folder: string,
  programs: RunningProcess[],
): Promise<Target> {
  await database.query(TABLES_SQL);
  if (peerHasLists) await database.query(LISTS_SQL);
  const port = await findFreePort();
  const logFile = join(folder, "peer.log");
  const env = { ...process.env, DATABASE_URL: url, PORT: String(port), NODE_ENV: "production" as const };
  const peer = startProgram("the peer", "bench/peers/service.ts", { env, logFile });
  programs.push(peer);
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilAnswering(peer, `${origin}/`, logFile);
  return {
    name: "peer",
    origin,
    database,
    books: PEER_BOOKS_SQL,
    shotsOf: (operation, from, to) =>
      range(from, to).map((n) => ({
        path: `/${operation}`,
        headers: { "content-type": "application/json" },
        body: messageOf(operation, n, businesses),
      })),
  };
}
