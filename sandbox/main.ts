import { consoleLog } from "@/sandbox/log";
import { startSandbox } from "@/sandbox/server";
import { readSettings, SettingsError } from "@/sandbox/settings";

/** Ends the program with one clear line. */
function fail(line: string): never {
  console.error(line);
  process.exit(1);
}

function settings() {
  try {
    return readSettings(process.env);
  } catch (error) {
    return fail(error instanceof SettingsError ? error.message : String(error));
  }
}

const { port, host, logLevel, ...options } = settings();
const log = consoleLog(logLevel, () => new Date());
const running = await startSandbox({ ...options, port, host, log }).catch((error: NodeJS.ErrnoException) => {
  if (error.code === "EADDRINUSE") return fail(`Port ${port} is taken. Stop what listens there, or set SANDBOX_PORT.`);
  return fail(`The network sandbox can't start: ${error.message}`);
});

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    // Whatever still holds on, the program ends within two seconds.
    setTimeout(() => process.exit(0), 1800).unref();
    void running.stop().finally(() => process.exit(0));
  });

if (options.signingSecrets.length + options.bearerTokens.length === 0)
  log("warn", "no NETWORK_SIGNING_SECRETS and no NETWORK_BEARER_TOKENS: everyone may send, and nothing is signed");
log("info", `network sandbox at ${running.url}, participants at ${options.portalUrl}, seed ${options.seed}`);
