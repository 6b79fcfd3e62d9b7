import { chownSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "../scripts/ports";
import type { Cluster } from "../scripts/postgres";
import { commandAs, serverAccount } from "../scripts/postgres-account";
import { type RunningProcess, startProcess } from "../scripts/processes";
import { runAt } from "./owned-database";

const PASSWORD = "of-one-test-run";
const START_TIMEOUT_MS = 10_000;

/** One of the settings in `text`, as `name = value`, with another value. */
function withSetting(text: string, name: string, value: string | number): string {
  const line = new RegExp(`^${name} = .*$`, "m");
  if (!line.test(text)) throw new Error(`deploy/pgbouncer/pgbouncer.ini has no ${name}`);
  return text.replace(line, `${name} = ${value}`);
}

async function untilReady(url: string): Promise<void> {
  for (const end = Date.now() + START_TIMEOUT_MS; ; await delay(50))
    try {
      await runAt(url, "SELECT 1");
      return;
    } catch (cause) {
      if (Date.now() > end) throw new Error("PgBouncer takes no connections", { cause });
    }
}

/**
 * Runs PgBouncer in front of the cluster with the settings and the login of `deploy/pgbouncer`, but for where it listens and leads to.
 * @param program the path of PgBouncer 1.21 or newer
 * @param folder takes its settings and its log
 * @returns how to reach the cluster's database of that address through it, and how to end it
 */
export async function startPgBouncer(
  program: string,
  cluster: Cluster,
  folder: string,
): Promise<{ through: (url: string) => string; stop: () => Promise<void> }> {
  for (const statement of readFileSync("deploy/pgbouncer/portal.sql", "utf8")
    .replaceAll(/^--.*$/gm, "")
    .split(";"))
    if (statement.trim()) await cluster.admin(statement);
  await cluster.admin(`ALTER ROLE chukta_portal PASSWORD '${PASSWORD}'`);

  const port = await findFreePort();
  const users = join(folder, "users.txt");
  const settings = join(folder, "pgbouncer.ini");
  let text = readFileSync("deploy/pgbouncer/pgbouncer.ini", "utf8");
  text = withSetting(text, "chukta", `host=127.0.0.1 port=${cluster.port}`).replace(/^chukta = /m, "* = ");
  text = withSetting(withSetting(text, "listen_addr", "127.0.0.1"), "listen_port", port);
  text = withSetting(text, "auth_file", users);
  // Each test file has a database, so a pool, of its own; and its connections are to leave before it is dropped.
  text = withSetting(text, "default_pool_size", 4);
  writeFileSync(settings, `${text}unix_socket_dir =\nserver_idle_timeout = 5\n`);
  writeFileSync(users, `"chukta_portal" "${PASSWORD}"\n`, { mode: 0o600 });

  const account = await serverAccount([settings, program]);
  if (account) for (const path of [settings, users]) chownSync(path, account.uid, account.gid);
  const [command, args, identity] = commandAs(account, program, [settings]);
  const logFile = join(folder, "pgbouncer.log");
  // SIGINT: it lets go of PostgreSQL at once, where SIGTERM waits until its callers have left.
  const running: RunningProcess = startProcess({
    name: "PgBouncer",
    command,
    args,
    logFile,
    stopSignal: "SIGINT",
    ...identity,
  });
  const through = (url: string) => {
    const address = new URL(url);
    Object.assign(address, { username: "chukta_portal", password: PASSWORD, port: String(port) });
    return address.href;
  };
  try {
    await untilReady(through(cluster.url("postgres")));
  } catch (error) {
    await running.stop();
    throw new Error(`${(error as Error).message}:\n${readFileSync(logFile, "utf8")}`, { cause: error });
  }
  return { through, stop: () => running.stop() };
}
