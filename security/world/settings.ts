import { randomBytes } from "node:crypto";
import { SETTING_NAMES } from "../../lib/env";

const signingSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

/**
 * The settings of a portal that is attacked: outside the demo, and with secrets of its own that stand nowhere else, so that one that
 * is found in a reply or a log has come from there. What is unset is passed on as empty, so that no `.env` fills it in.
 */
export function attackedSettings(given: {
  port: number;
  sandboxPort: number;
  databaseUrl: string;
  folder: string;
}): NodeJS.ProcessEnv {
  const unset = Object.fromEntries(SETTING_NAMES.map((name) => [name, ""]));
  return {
    ...process.env,
    ...unset,
    PORT: String(given.port),
    SANDBOX_PORT: String(given.sandboxPort),
    PUBLIC_URL: `http://localhost:${given.port}`,
    NETWORK_URL: `http://localhost:${given.sandboxPort}`,
    DATABASE_URL: given.databaseUrl,
    DATA_DIR: given.folder,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    NETWORK_SIGNING_SECRETS: signingSecret(),
    // Nothing moves in the books but what a request moved.
    WORKER: "off",
    LOG_LEVEL: "debug",
    CHUKTA_DEMO: "0",
  } as NodeJS.ProcessEnv;
}
