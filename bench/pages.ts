import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { demoEnvironment } from "../scripts/environment";
import { findFreePort } from "../scripts/ports";
import { ensureDatabase, startPostgres } from "../scripts/postgres";
import { runMain } from "../scripts/problem";
import { endOnSignals, onEnd } from "../scripts/shutdown";
import { bringUp } from "../scripts/stack";
import { timeDemo } from "./pages/demo";
import { type PageFigures, visitAll } from "./pages/visits";

/** Every page of the demo, on a stack of its own, built when it isn't. @param times that each page is asked for */
async function measurePages(times: number): Promise<PageFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), "chukta-pages-"));
  onEnd("", () => rmSync(folder, { recursive: true, force: true }));
  const [port, sandboxPort] = [await findFreePort(), await findFreePort()];
  const cluster = await startPostgres({ folder, throwaway: true });
  onEnd("PostgreSQL", cluster.stop);
  const databaseUrl = await ensureDatabase(cluster, "chukta_demo");
  const origin = `http://localhost:${port}`;
  const env = demoEnvironment({
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    PUBLIC_URL: origin,
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    WORKER: "inline",
    LOG_LEVEL: "error",
  });
  await bringUp({ env, databaseUrl, port, sandboxPort, distDir: process.env.NEXT_DIST_DIR || ".next", folder });
  return visitAll(origin, databaseUrl, times);
}

function table(figures: readonly PageFigures[]): string {
  const rows = figures.map(
    ({ name, p50, p95, html, script }) =>
      `| ${name} | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${html.toFixed(0)} | ${script.toFixed(0)} |`,
  );
  return ["| page | p50 ms | p95 ms | HTML KB | JavaScript KB |", "|---|---|---|---|---|", ...rows].join("\n");
}

/** `npm run bench:pages`: server time and first-load JavaScript of each page; `-- --demo`: how long `npm run demo` takes instead. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { short: { type: "boolean", default: false }, demo: { type: "boolean", default: false } },
  });
  endOnSignals(() => 130);
  console.log(`Load when it began: ${loadavg()[0]?.toFixed(1)}`);
  if (values.demo) {
    const { cold, again } = await timeDemo();
    console.log(
      `npm run demo is ready in ${(cold / 1000).toFixed(1)} s cold, ${(again / 1000).toFixed(1)} s the second time`,
    );
    return 0;
  }
  console.log(table(await measurePages(values.short ? 5 : 30)));
  return 0;
}

void runMain(main);
