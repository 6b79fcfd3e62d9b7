import { Server } from "node:http";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import next from "next";
import { startPortal } from "@/instrumentation-node";
import { logConsole } from "@/lib/console-lines";
import { env } from "@/lib/env";
import { drained } from "@/lib/http/in-flight";
import { logger } from "@/lib/logger";
import { beginStopping, needMigrations } from "@/lib/readiness";
import { stopOnSignals } from "@/lib/stop-on-signals";
import { migrationNames } from "@/scripts/schema-engine";
import { createPortalServer, listen } from "@/server/portal";

/** Settled when the portal has stopped listening; the load balancer has been told by then, and sends nobody here. */
async function drain(): Promise<void> {
  await delay(env.DRAIN_SECONDS * 1000);
  server.close();
}

logConsole();
needMigrations(migrationNames());
const portal = await startPortal();
// It listens for requests to change the protocol (`Upgrade`) on a server of its own, which gets none: on ours it would leave them without
// an answer, also a message of the network whose sender offers HTTP/2, and their connections open for good.
const app = next({ dev: false, dir: resolve(import.meta.dirname, ".."), port: env.PORT, httpServer: new Server() });
await app.prepare();
const pages = app.getRequestHandler();
const server = createPortalServer((request, response) => void pages(request, response));
await listen(server, env.PORT).catch((error: unknown) => {
  // Left to itself Next.js would catch it, and the process end as if all were well.
  logger.fatal({ err: error, port: env.PORT }, "the portal can't listen");
  process.exit(1);
});
logger.info({ port: env.PORT, worker: env.WORKER }, "the portal is listening");

// Not ready, wait until that is known, finish what runs, leave.
stopOnSignals("the portal", () => {
  beginStopping();
  return Promise.all([drain().then(drained), portal.stop()]);
});
