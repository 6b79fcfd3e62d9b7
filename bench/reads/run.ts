import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresSettings } from "../../deploy/compose";
import { dataFolder, demoEnvironment, NODE_ARGS, ownEnvironment, ROOT } from "../../scripts/environment";
import { deployMigrations, missingMigrations } from "../../scripts/migrate";
import { type Cluster, ensureDatabase, startPostgres } from "../../scripts/postgres";
import { Problem } from "../../scripts/problem";
import { runCommand } from "../../scripts/processes";
import { onEnd } from "../../scripts/shutdown";
import { fill, isHalfFilled } from "./fill";
import type { Measured } from "./measure";

/** Businesses that are measured: the largest, one of a tenth of it, and one of the many. */
export const FIRMS = { largest: 0, small: 4 } as const;
export type FirmName = keyof typeof FIRMS;

export interface SizeFigures {
  /** Invoices in the database. */
  size: number;
  firms: Record<FirmName, Measured[]>;
}

/**
 * Runs `use` with a PostgreSQL of the bench's own: of `.data/bench`, where the books stay for the next run, or one that is thrown
 * away. Its settings are those of compose.yaml, but for `fsync`, which reads have no use for.
 */
export async function withBooks<T>(keep: boolean, use: (cluster: Cluster) => Promise<T>): Promise<T> {
  const folder = keep
    ? join(dataFolder(ownEnvironment()), "bench", "postgres")
    : mkdtempSync(join(tmpdir(), "chukta-bench-"));
  mkdirSync(folder, { recursive: true });
  // PostgreSQL doesn't run as root, and the account that it runs as then has to get in.
  if (!keep) {
    chmodSync(folder, 0o755);
    onEnd("", () => rmSync(folder, { recursive: true, force: true }));
  }
  try {
    const cluster = await startPostgres({ folder, throwaway: true, settings: postgresSettings() });
    // Also when the program is stopped in the middle.
    onEnd("", cluster.stop);
    try {
      return await use(cluster);
    } finally {
      await cluster.stop();
    }
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}

/** A migrated database with so many invoices in it. @returns its address, or null when `until` came first */
export async function booksOf(
  cluster: Cluster,
  size: number,
  options: { say: (line: string) => void; until?: number },
): Promise<string | null> {
  const name = `reads_${size}`;
  // Half-filled books lack the indexes that a migration of the meantime may want to change: they are begun anew.
  const begun = await ensureDatabase(cluster, name);
  if ((await isHalfFilled(begun)) && (await missingMigrations(begun)).length > 0) {
    options.say("  There are new migrations: beginning anew.");
    await cluster.admin(`DROP DATABASE "${name}" WITH (FORCE)`);
  }
  const url = await ensureDatabase(cluster, name);
  await deployMigrations(url);
  const onStep = (name: string, took: number) => {
    if (took > 2_000) options.say(`  ${name}: ${(took / 1000).toFixed(1)} s`);
  };
  const filled = await fill(url, { invoices: size, onStep, ...(options.until && { until: options.until }) });
  return filled ? url : null;
}

/** Measures every read of one business; `times` each. */
export async function measure(url: string, firm: FirmName, times: number, only = ""): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), "chukta-reads-"));
  const output = join(folder, "figures.json");
  try {
    const { code } = await runCommand(
      process.execPath,
      [...NODE_ARGS, "bench/reads/measure.ts", url, String(FIRMS[firm]), String(times), output, only],
      { cwd: ROOT, env: demoEnvironment({ DATABASE_URL: url, LOG_LEVEL: "error", WORKER: "off" }) },
    );
    if (code !== 0) throw new Problem("The reads could not be measured: see above.");
    return JSON.parse(readFileSync(output, "utf8")) as Measured[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
