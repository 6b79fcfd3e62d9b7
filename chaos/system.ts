import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Database } from "@/chaos/database";
import { findLastingPort } from "@/chaos/ports";
import { Line } from "@/chaos/proxy";
import { Supervised } from "@/chaos/supervisor";
import { type Random, randomStream } from "@/sandbox/random";
import { demoEnvironment } from "@/scripts/environment";
import { deployMigrations } from "@/scripts/migrate";
import type { RunningProcess } from "@/scripts/processes";
import { freshLog, startPortal, startProgram, waitUntilAnswering } from "@/scripts/programs";

/** One portal or worker, with what can be done to its surroundings. */
export interface Node {
  readonly supervised: Supervised;
  /** Its own line to PostgreSQL. */
  readonly database: Line;
  /** Its own line to the network. */
  readonly network: Line;
  /** Puts its clock off by so many milliseconds. */
  setClock(offsetMs: number): void;
}

/** The whole system, each part a process of its own. */
export interface System {
  readonly database: Database;
  readonly portals: readonly Node[];
  readonly workers: readonly Node[];
  /** The clients' line to the portals, and the network's. */
  readonly clients: Line;
  readonly webhooks: Line;
  /** Ports of the clients' line and of the network. */
  readonly clientsPort: number;
  readonly networkPort: number;
  /** The settings of every program, with the true address of the database. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

interface Options {
  readonly folder: string;
  readonly seed: string;
  readonly distDir: string;
}

const CLOCK = pathToFileURL(join(import.meta.dirname, "clock.mjs")).href;

/** PostgreSQL, migrated; nothing else runs yet. */
export async function startDatabase({ folder }: Options): Promise<Database> {
  const database = await Database.start(join(folder, "postgres"));
  await deployMigrations(database.url);
  return database;
}

/** The settings of a program of the run: the demo's, away from any `.env`. */
export function environmentOf({ folder, seed, distDir }: Options, database: Database): NodeJS.ProcessEnv {
  return demoEnvironment({
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    NEXT_DIST_DIR: distDir,
    SANDBOX_SEED: seed,
    WORKER: "off",
    LOG_LEVEL: "info",
    METRICS_PORT: "",
    NODE_OPTIONS: "",
  });
}

/** Starts network, portals and workers on a database that is there, each behind lines of its own. */
export async function startSystem(options: Options, database: Database): Promise<System> {
  const { folder, seed } = options;
  const base = environmentOf(options, database);
  const random = (name: string): Random => randomStream(seed, `line ${name}`);
  const lines: Line[] = [];
  const line = async (name: string, ports: () => readonly number[]) => {
    const made = new Line(ports, random(name));
    lines.push(made);
    return { line: made, port: await made.listen() };
  };
  const portalPorts = [await findLastingPort(), await findLastingPort()];
  const networkPort = await findLastingPort();
  const clients = await line("clients", () => portalPorts);
  const webhooks = await line("webhooks", () => portalPorts);
  const networkUrl = `http://localhost:${networkPort}`;
  const networkEnv = { ...base, SANDBOX_PORT: String(networkPort), PORTAL_URL: `http://127.0.0.1:${webhooks.port}` };
  const networkLog = freshLog(folder, "network");
  const network = startProgram("the network", "chaos/network.ts", { env: networkEnv, logFile: networkLog });

  const node = async (
    name: string,
    start: (env: NodeJS.ProcessEnv, logFile: string) => RunningProcess,
  ): Promise<Node> => {
    const toDatabase = await line(`${name} to database`, () => [database.port]);
    const toNetwork = await line(`${name} to network`, () => [networkPort]);
    const clock = join(folder, "clocks", name);
    mkdirSync(join(folder, "clocks"), { recursive: true });
    const setClock = (offsetMs: number) => writeFileSync(clock, String(offsetMs));
    setClock(0);
    const env = {
      ...base,
      DATABASE_URL: database.urlThrough(toDatabase.port),
      NETWORK_URL: `http://127.0.0.1:${toNetwork.port}`,
      NODE_OPTIONS: `--import=${CLOCK}`,
      CHAOS_CLOCK: clock,
    };
    const logFile = freshLog(folder, name);
    const supervised = new Supervised(name, () => start(env, logFile));
    return { supervised, database: toDatabase.line, network: toNetwork.line, setClock };
  };
  const portals: Node[] = [];
  const workers: Node[] = [];
  for (const [index, port] of portalPorts.entries()) {
    portals.push(await node(`portal-${index + 1}`, (env, logFile) => startPortal("start", port, { env, logFile })));
    workers.push(
      await node(`worker-${index + 1}`, (env, logFile) =>
        startProgram(`worker ${index + 1}`, "worker/main.ts", { env, logFile }),
      ),
    );
  }
  const system: System = {
    database,
    portals,
    workers,
    clients: clients.line,
    webhooks: webhooks.line,
    clientsPort: clients.port,
    networkPort,
    env: { ...base, NETWORK_URL: networkUrl },
    async stop() {
      await Promise.all([...portals, ...workers].map(({ supervised }) => supervised.end()));
      await network.stop();
      await Promise.all(lines.map((each) => each.close()));
    },
  };
  try {
    await waitUntilAnswering(network, `${networkUrl}/_sandbox/health`, networkLog);
    for (const [index, { supervised }] of portals.entries()) {
      const { process } = supervised;
      const url = `http://127.0.0.1:${portalPorts[index]}/api/health/ready`;
      if (process) await waitUntilAnswering(process, url, join(folder, "logs", `portal-${index + 1}.log`));
    }
  } catch (error) {
    await system.stop();
    throw error;
  }
  return system;
}
