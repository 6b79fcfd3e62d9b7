import { consoleLog } from "@/sandbox/log";
import { startSandbox } from "@/sandbox/server";
import { readSettings } from "@/sandbox/settings";
import { DEFAULT_TIMING } from "@/sandbox/timing";

/*
 * The network sandbox as a process of its own, as `npm run sandbox` starts it, but less patient: a portal that is stopped for some
 * seconds is asked again, and whoever waits between attempts does so for a second and not for half a minute.
 */

const ATTEMPT_TIMEOUT_MS = 5_000;
const LONGEST_WAIT_MS = 2_000;

const settings = readSettings(process.env);
const running = await startSandbox({
  ...settings,
  log: consoleLog(settings.logLevel, () => new Date()),
  timing: {
    attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
    backOffMs: (attempt) => Math.min(DEFAULT_TIMING.backOffMs(attempt), LONGEST_WAIT_MS),
    longestRetryAfterMs: LONGEST_WAIT_MS,
    supplierThinksMs: 500,
  },
});
process.on("SIGTERM", () => void running.stop().finally(() => process.exit(0)));
console.log(`the chaos network is at ${running.url}`);
