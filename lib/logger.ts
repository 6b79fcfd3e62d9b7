import "server-only";
import pino, { type Logger } from "pino";
import { env } from "@/lib/env";
import { metrics } from "@/lib/metrics";
import { currentRequestId } from "@/lib/request-context";
import { scrub, scrubError } from "@/lib/scrub";

function build(): Logger {
  return pino({
    level: env.LOG_LEVEL,
    base: { app: "chukta" },
    // Whatever is logged on behalf of a request says which; and Prometheus counts the lines.
    mixin: (_fields, level) => {
      metrics().logLines.inc({ level: pino.levels.labels[level] ?? "other" });
      const requestId = currentRequestId();
      return requestId === undefined ? {} : { requestId };
    },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => scrub(fields) as Record<string, unknown>,
    },
    serializers: { err: scrubError },
  });
}

let built: Logger | undefined;

/**
 * The portal's log: JSON lines on standard output. Secrets, cookies, credentials and account numbers never reach it (lib/scrub.ts);
 * log an error as `logger.error({ err }, "words")`. Made at first use, since LOG_LEVEL is not known while Next builds.
 */
export const logger: Logger = new Proxy({} as Logger, {
  get(_target, property) {
    built ??= build();
    const value = Reflect.get(built, property);
    return typeof value === "function" ? value.bind(built) : value;
  },
});
