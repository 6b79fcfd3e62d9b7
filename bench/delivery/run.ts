import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { uuidv7 } from "@/lib/ids";
import { demoEnvironment } from "../../scripts/environment";
import { deployMigrations } from "../../scripts/migrate";
import { ensureDatabase, startPostgres } from "../../scripts/postgres";
import type { RunningProcess } from "../../scripts/processes";
import { startProgram } from "../../scripts/programs";
import { median } from "../load";
import { processorTime } from "./processor-time";
import type { Arrival } from "./receiver";
import { BUSINESS_SQL, PEER, PEER_TABLES_SQL, PER_PAYMENT, PORTAL, type Target } from "./target";

export interface DeliveryBench {
  /** Messages that are queued at once, to be drained by one worker; a multiple of 5. */
  messages: number;
  /** Messages that are queued one by one, 20 a second, for the time to the first attempt. */
  singles: number;
  /** Alternating rounds; the medians count. */
  rounds: number;
}

/** Of one worker process. */
export interface DeliveryResult {
  /** Messages that it drains. */
  perSecond: number;
  /** Milliseconds from sending COMMIT to the arrival of the first attempt. */
  p50: number;
  p99: number;
  /** Milliseconds of processor time for a message, of the worker and of PostgreSQL; NaN where they can't be read. */
  workerMs: number;
  postgresMs: number;
}

export interface DeliveryFigure {
  portal: DeliveryResult;
  peer: DeliveryResult;
  /** Of messages per second: the portal's by the peer's. */
  ratio: number;
}

const TIMEOUT_MS = 120_000;

/**
 * Measures one worker process beside the peer (bench/peers/delivery.ts), in alternating rounds on one PostgreSQL that commits
 * durably, each sending to a server in a process of its own. Starts all it needs, and leaves nothing behind.
 * @throws Error when a message was lost, came twice or out of order, or was not settled exactly once
 */
export async function measureDelivery(
  { messages, singles, rounds }: DeliveryBench,
  report: (line: string) => void = () => {},
): Promise<DeliveryFigure> {
  const folder = mkdtempSync(join(tmpdir(), "chukta-bench-"));
  const cluster = await startPostgres({ folder });
  const programs: RunningProcess[] = [];
  const clients: pg.Client[] = [];
  const open = async (name: string) => {
    const client = new pg.Client({ connectionString: await ensureDatabase(cluster, name) });
    await client.connect();
    clients.push(client);
    return client;
  };
  try {
    const postgresPid = Number(readFileSync(join(folder, "data", "postmaster.pid"), "utf8").split("\n", 1)[0]);
    const receiver = await startReceiver(folder, programs);
    await deployMigrations(await ensureDatabase(cluster, "chukta"));
    const portal = await open("chukta");
    await portal.query(BUSINESS_SQL);
    const peer = await open("peer");
    await peer.query(PEER_TABLES_SQL);
    await runMigrations({ connectionString: cluster.url("peer") });
    const settings = { NETWORK_URL: receiver, LOG_LEVEL: "info" };
    const workers = { portal: "worker/main.ts", peer: "bench/peers/delivery.ts" };
    const targets: Target[] = [
      { ...PORTAL, database: portal },
      { ...PEER, database: peer },
    ];
    const results: Record<Target["name"], DeliveryResult[]> = { portal: [], peer: [] };
    // The first round warms both up, and doesn't count.
    for (let round = 0; round <= rounds; round++)
      for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
        // One worker at a time: the other one's looks for work would count against this one.
        const env = demoEnvironment({
          ...settings,
          DATABASE_URL: cluster.url(target.name === "portal" ? "chukta" : "peer"),
        });
        const logFile = join(folder, `${target.name}.log`);
        const worker = startProgram(target.name, workers[target.name], { env, logFile });
        programs.push(worker);
        const few = round === 0;
        const result = await measureOnce(target, receiver, {
          messages: few ? Math.min(1_000, messages) : messages,
          singles: few ? 5 : singles,
          workerPid: worker.pid,
          postgresPid,
        });
        await worker.stop();
        if (!few) results[target.name].push(result);
        if (!few) report(`  ${target.name} ${words(result)}`);
      }
    const [mine, theirs] = [middle(results.portal), middle(results.peer)];
    return { portal: mine, peer: theirs, ratio: mine.perSecond / theirs.perSecond };
  } finally {
    for (const client of clients) await client.end().catch(() => {});
    for (const program of programs) await program.stop();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const words = ({ perSecond, p50, p99, workerMs, postgresMs }: DeliveryResult): string =>
  [
    `${perSecond.toFixed(0)}/s`,
    `commit to first attempt p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    `processor time a message: worker ${workerMs.toFixed(2)} ms, PostgreSQL ${postgresMs.toFixed(2)} ms`,
  ].join(", ");

function middle(all: DeliveryResult[]): DeliveryResult {
  const of = (figure: keyof DeliveryResult) => median(all.map((one) => one[figure]));
  const [perSecond, p50, p99] = [of("perSecond"), of("p50"), of("p99")];
  return { perSecond, p50, p99, workerMs: of("workerMs"), postgresMs: of("postgresMs") };
}

/** @returns its address */
async function startReceiver(folder: string, programs: RunningProcess[]): Promise<string> {
  const logFile = join(folder, "receiver.log");
  programs.push(startProgram("the receiver", "bench/delivery/receiver.ts", { env: process.env, logFile }));
  const said = () => /^\d+$/m.exec(readFileSync(logFile, "utf8"))?.[0];
  await until("the receiver's port", async () => said() !== undefined);
  return `http://127.0.0.1:${said()}`;
}

async function measureOnce(
  target: Target,
  receiver: string,
  of: { messages: number; singles: number; workerPid: number; postgresPid: number },
): Promise<DeliveryResult> {
  const { database } = target;
  const { messages, singles } = of;
  const arrivals = async () => (await (await fetch(receiver)).json()) as Arrival[];
  const settled = () =>
    until("all messages to be settled", async () => (await database.query(target.open)).rows[0].count === 0);
  await database.query("VACUUM ANALYZE");
  await database.query("CHECKPOINT");

  // The worker is up when this one is through; what else it does at its beginning is over soon after.
  await database.query(target.queueOne, [uuidv7()]);
  await settled();
  await delay(3_000);
  await arrivals();

  const committed = new Map<string, number>();
  for (let i = 0; i < singles; i++) {
    const id = uuidv7();
    await database.query("BEGIN");
    await database.query(target.queueOne, [id]);
    committed.set(id, performance.timeOrigin + performance.now());
    await database.query("COMMIT");
    await delay(30 + Math.random() * 40);
  }
  await settled();
  const first = (await arrivals()).map(({ id, at }) => at - (committed.get(id) ?? Number.NaN)).sort((a, b) => a - b);
  if (first.length !== singles) throw new Error(`${target.name}: ${first.length} of ${singles} single messages came`);

  const payments = messages / PER_PAYMENT;
  await database.query(target.queueMany, [payments]);
  const used = () => [processorTime(of.workerPid), processorTime(of.postgresPid)] as const;
  const before = used();
  const start = performance.now();
  await settled();
  const seconds = (performance.now() - start) / 1000;
  const [workerMs, postgresMs] = used().map((ms, index) => (ms - (before[index] ?? 0)) / messages);
  await check(target, await arrivals(), messages);
  const at = (share: number) => first[Math.min(first.length - 1, Math.floor(first.length * share))] ?? Number.NaN;
  const perSecond = messages / seconds;
  return { perSecond, p50: at(0.5), p99: at(0.99), workerMs: workerMs ?? NaN, postgresMs: postgresMs ?? NaN };
}

/** Each came once and was settled once; the portal's in order. */
async function check({ name, database, wrong }: Target, arrivals: Arrival[], messages: number): Promise<void> {
  const place = new Map(arrivals.map(({ id }, index) => [id, index]));
  if (arrivals.length !== messages || place.size !== messages)
    throw new Error(`${name}: ${arrivals.length} attempts at ${place.size} of ${messages} messages`);
  const { count } = (await database.query(wrong)).rows[0];
  if (count !== 0) throw new Error(`${name}: ${count} messages are not settled exactly once`);
  if (name === "peer") return;
  const sent = await database.query<{ id: string; object_id: string }>(
    "SELECT id, object_id FROM message ORDER BY object_id, revision",
  );
  const latest = new Map<string, number>();
  for (const { id, object_id: payment } of sent.rows) {
    const here = place.get(id) ?? -1;
    if (here >= 0 && here < (latest.get(payment) ?? -1)) throw new Error(`${payment}: sent out of order`);
    latest.set(payment, Math.max(here, latest.get(payment) ?? -1));
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`waited too long for ${what}`);
    await delay(20);
  }
}
