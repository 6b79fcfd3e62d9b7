import "server-only";
import { createServer, type Server } from "node:http";
import { env } from "@/lib/env";
import { neverFollow } from "@/lib/http/follow-requests";
import { logger } from "@/lib/logger";
import { metrics } from "@/lib/metrics";

/**
 * Answers GET /metrics on a port of its own (METRICS_PORT, METRICS_HOST), which no load balancer leads to; nothing when none is set.
 * A port that is taken is logged and no reason not to serve: payments matter more than their count.
 */
export async function startMetrics(port = env.METRICS_PORT): Promise<Server | null> {
  if (port === undefined) return null;
  const { registry } = metrics();
  const server = createServer(async (request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") return void response.writeHead(404).end();
    try {
      const text = await registry.metrics();
      response.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" }).end(text);
    } catch (err) {
      logger.error({ err }, "the metrics could not be collected");
      response.writeHead(500).end();
    }
  });
  neverFollow(server);
  // It never keeps the process from ending.
  server.unref();
  await new Promise<void>((settled) => {
    server.once("error", (err) => {
      logger.error(
        { err, port },
        "the metrics can't be served; each program on one machine needs a METRICS_PORT of its own",
      );
      settled();
    });
    server.listen(port, env.METRICS_HOST, settled);
  });
  return server;
}
