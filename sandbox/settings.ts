import { resolve } from "node:path";
import { z } from "zod";
import { signingKey } from "@/features/protocol/signing";

const port = z.coerce.number({ error: "must be a port number" }).int().min(1).max(65_535);
const url = z
  .url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
  .transform((text) => text.replace(/\/+$/, ""));
const list = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter(Boolean));

function isSigningSecret(secret: string): boolean {
  try {
    return signingKey(secret).length > 0;
  } catch {
    return false;
  }
}

const schema = z.object({
  PORT: port.default(3000),
  PUBLIC_URL: url.optional(),
  PORTAL_URL: url.optional(),
  SANDBOX_PORT: port.default(3100),
  SANDBOX_HOST: z.string().optional(),
  SANDBOX_SEED: z.string().max(100).default("1"),
  DATA_DIR: z.string().default(".data"),
  NETWORK_SIGNING_SECRETS: list.refine(
    (secrets) => secrets.every(isSigningSecret),
    "each secret is whsec_ followed by base64 of at least 24 bytes",
  ),
  NETWORK_BEARER_TOKENS: list,
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

/** The name of every setting. */
export const SANDBOX_SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

export interface SandboxSettings {
  /** Where the participants' webhooks are. */
  readonly portalUrl: string;
  readonly port: number;
  /** The address to listen on; the loopback addresses when it is not set. */
  readonly host: string | undefined;
  readonly seed: string;
  /** Holds the demo's `demo.json`, and the sandbox's own journal in `sandbox/`. */
  readonly dataDir: string;
  readonly signingSecrets: readonly string[];
  readonly bearerTokens: readonly string[];
  readonly logLevel: z.output<typeof schema>["LOG_LEVEL"];
}

/** The settings can't be used: one line a problem. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/**
 * Reads the sandbox's settings, named as in `.env.example`.
 * @throws SettingsError naming each setting that can't be used
 */
export function readSettings(source: Record<string, string | undefined>): SandboxSettings {
  // A line left empty in an env file means "the default".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
    throw new SettingsError(`The sandbox's settings can't be used: ${problems.join("; ")}`);
  }
  const { data } = parsed;
  return {
    portalUrl: data.PORTAL_URL ?? data.PUBLIC_URL ?? `http://localhost:${data.PORT}`,
    port: data.SANDBOX_PORT,
    host: data.SANDBOX_HOST,
    seed: data.SANDBOX_SEED,
    dataDir: resolve(data.DATA_DIR),
    signingSecrets: data.NETWORK_SIGNING_SECRETS,
    bearerTokens: data.NETWORK_BEARER_TOKENS,
    logLevel: data.LOG_LEVEL,
  };
}
