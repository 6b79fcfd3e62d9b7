import "server-only";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/*
 * What Prometheus reads from this process (docs/operations.md). Every label has few values that the code knows, none that a caller
 * writes, and none names a business: a series for each would outgrow Prometheus, and tell who trades how much.
 */

function build() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: "chukta_http_request_duration_seconds",
      help: "Requests to the portal, from the first byte in to the last byte out.",
      labelNames: ["route", "method", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    attempts: new Counter({
      name: "chukta_delivery_attempts_total",
      help: "Attempts to deliver a message to the network, by what came of them.",
      labelNames: ["operation", "outcome"],
      registers,
    }),
    webhook: new Histogram({
      name: "chukta_webhook_duration_seconds",
      help: "Calls to the network, from the connection to the last byte of its reply.",
      labelNames: ["operation", "result"],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
      registers,
    }),
    logLines: new Counter({
      name: "chukta_log_lines_total",
      help: "Lines logged, by level.",
      labelNames: ["level"],
      registers,
    }),
    /** Adds a gauge whose values are found when they are asked for. */
    gauge: (name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => void | Promise<void>) =>
      new Gauge({
        name,
        help,
        labelNames,
        registers,
        collect() {
          return collect(this);
        },
      }),
  };
}

// One for the process: Next.js and the portal's own server each load this module.
const held = globalThis as { chuktaMetrics?: ReturnType<typeof build> };

/** This process's metrics, made at first use. All start at zero with the process. */
export function metrics(): ReturnType<typeof build> {
  held.chuktaMetrics ??= build();
  return held.chuktaMetrics;
}

/** Counts one attempt to deliver a message. `result` is the outcome, or the reason why it is to be made again. */
export function observeAttempt(attempt: { operation: string; outcome: string; result: string; seconds: number }): void {
  const { operation, outcome, result, seconds } = attempt;
  metrics().attempts.inc({ operation, outcome });
  metrics().webhook.observe({ operation, result }, seconds);
}
