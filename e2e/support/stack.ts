import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoEnvironment } from "../../scripts/environment";
import { findFreePort } from "../../scripts/ports";
import { ensureDatabase, startPostgres } from "../../scripts/postgres";
import { runMain } from "../../scripts/problem";
import { step } from "../../scripts/progress";
import { endEverything, endOnSignals, isEnding, onEnd, whenParentEnds } from "../../scripts/shutdown";
import { bringUp } from "../../scripts/stack";

/**
 * Everything that the browser tests need, on free ports and with data of its own, so that it runs beside a demo.
 * Playwright starts it (see playwright.config.ts), reads the ports from its last line, and stops it.
 */
async function main(): Promise<number> {
  endOnSignals(() => 0);
  // Playwright may be killed without a chance to stop what it started.
  whenParentEnds(() => void endEverything().then(() => process.exit(1)));
  const folder = mkdtempSync(join(tmpdir(), "chukta-e2e-"));
  onEnd("", () => rmSync(folder, { recursive: true, force: true }));
  const [port, sandboxPort] = [await findFreePort(), await findFreePort()];
  const cluster = await step("PostgreSQL", () => startPostgres({ folder, throwaway: true }));
  onEnd("PostgreSQL", cluster.stop);
  const databaseUrl = await ensureDatabase(cluster, "chukta_demo");
  const env = demoEnvironment({
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    PUBLIC_URL: `http://localhost:${port}`,
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    WORKER: "inline",
    // Everything that the portal would ever say, so that e2e/secrets.spec.ts has more to look through.
    LOG_LEVEL: "debug",
  });
  const { ended } = await bringUp({ env, databaseUrl, port, sandboxPort, distDir: ".next-test", folder });
  console.log(`Stack ready: portal ${port}, sandbox ${sandboxPort}, database ${databaseUrl}, folder ${folder}`);
  await ended;
  if (isEnding()) await new Promise(() => {});
  return 1;
}

void runMain(main);
