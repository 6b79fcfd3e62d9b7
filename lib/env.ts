import "server-only";
import { isIP } from "node:net";
import { z } from "zod";

/**
 * The portal's settings, explained one by one in `.env.example`, and read from process.env nowhere else; proxy.ts and
 * instrumentation.ts look there for what Next.js says of itself, and the sandbox has settings of its own.
 * Read at first use and not at import, so that `next build` needs no settings at all.
 */

/** What every secret committed in .env.demo begins with (a signing secret: once decoded), so that it is known on sight. */
const DEMO_MARK = "chukta-demo-only";

const NO_PORT = "must be a port number";
const portFrom = (least: 0 | 1) => z.coerce.number(NO_PORT).int(NO_PORT).min(least, NO_PORT).max(65_535, NO_PORT);

const listOf = (item: z.ZodType<string, string>) =>
  z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(item));

function isAddressOrRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

const secretBytes = (secret: string) => Buffer.from(secret.replace(/^whsec_/, ""), "base64");

/** False where a character was lost or added on the way here; no key could be made of it (features/protocol/signing.ts). */
function isWholeBase64(secret: string): boolean {
  const bare = (text: string) => text.replace(/^whsec_|=+$/g, "");
  return bare(secretBytes(secret).toString("base64")) === bare(secret);
}

const signingSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, {
    error: "each secret is whsec_ followed by base64 (`openssl rand -base64 32`)",
    abort: true,
  })
  .refine(isWholeBase64, { error: "a secret is not whole: base64 of its length never ends so", abort: true })
  .refine((secret) => secretBytes(secret).length >= 24, "each secret must hold at least 24 bytes");

const NO_DRAIN = "must be a whole number of seconds, 8 at most";
const drainSeconds = z.coerce.number(NO_DRAIN).int(NO_DRAIN).min(0, NO_DRAIN).max(8, NO_DRAIN);

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
  .transform((url) => url.replace(/\/+$/, ""));

function isLoopback(url: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

/** Whether an address is plain http on this machine, the only place where cookies need not be `Secure`. */
export function isLocal(url: URL): boolean {
  return url.protocol === "http:" && isLoopback(url);
}

const publicUrl = httpUrl
  .refine((url) => new URL(url).href === `${new URL(url).origin}/`, {
    error: "must be a host alone, as https://portal.example: the portal has no path above it",
    abort: true,
  })
  .refine(
    (url) => url.startsWith("https:") || isLocal(new URL(url)),
    "must begin with https://: a browser keeps nobody signed in without, except on its own machine (http://localhost)",
  );

/** What is wrong with a database's address, or null; also one whose password has it read as another: its end is taken for a path. */
export function addressProblem(text: string): string | null {
  if (!/^postgres(ql)?:\/\//.test(text)) return "must begin with postgresql://";
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && !/@/.test(url.pathname + url.hash) && !/^\?[^=]*@/.test(url.search)) return null;
  return "can't be read: signs such as # / ? @ in user and password are written %23 %2F %3F %40";
}

const settingsSchema = z.object({
  PORT: portFrom(1).default(3000),
  SANDBOX_PORT: portFrom(1).default(3100),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z
    .string("is not set: the address of a PostgreSQL database, postgresql://user:password@host:5432/name")
    .superRefine((url, { addIssue }) => {
      const message = addressProblem(url);
      if (message) addIssue({ code: "custom", message });
    }),
  NETWORK_URL: httpUrl.optional(),
  NETWORK_SIGNING_SECRETS: listOf(signingSecret),
  NETWORK_BEARER_TOKENS: listOf(z.string().min(24, "each token must have at least 24 characters")),
  NETWORK_ALLOWED_IPS: listOf(z.string().refine(isAddressOrRange, "each entry is an IP address or a range (CIDR)")),
  AUTH_SECRET: z
    .string("is not set: a secret of at least 32 characters (`openssl rand -base64 32`)")
    .min(32, "must have at least 32 characters (`openssl rand -base64 32`)"),
  AUTH_SECRETS_ACCEPTED: listOf(z.string().min(32, "each must have at least 32 characters")),
  SECOND_FACTOR: z.enum(["optional", "required"]).default("optional"),
  BREACHED_PASSWORDS_URL: httpUrl.optional(),
  PUBLIC_URL: publicUrl.optional(),
  TRUSTED_PROXIES: listOf(z.string().refine(isAddressOrRange, "each entry is an IP address or a range (CIDR)")),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  METRICS_PORT: portFrom(0).optional(),
  METRICS_HOST: z.string().default("127.0.0.1"),
  DRAIN_SECONDS: drainSeconds.default(0),
  WORKER: z.enum(["inline", "off"]).default("inline"),
  CHUKTA_DEMO: z.enum(["0", "1"]).default("0"),
});

type Settings = z.output<typeof settingsSchema>;

/** The name of every setting. */
export const SETTING_NAMES = Object.keys(settingsSchema.shape) as readonly (keyof Settings)[];

/** The settings as the code sees them: lists are lists, ports numbers, addresses without a slash at the end. */
export type Env = Omit<Settings, "NETWORK_URL" | "PUBLIC_URL" | "CHUKTA_DEMO"> & {
  /** Where the network is; the protocol's paths are appended to it. */
  NETWORK_URL: string;
  /** Where people reach the portal. */
  PUBLIC_URL: string;
  /** True only in what `npm run demo`, `npm run dev` and the tests start. */
  DEMO: boolean;
};

/** The settings can't be used: one line a problem. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The portal's settings can't be used:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "EnvironmentError";
  }
}

function isDemoValue(secret: string): boolean {
  return secret.startsWith(DEMO_MARK) || secretBytes(secret).toString("latin1").startsWith(DEMO_MARK);
}

const NETWORK_CREDENTIALS = ["NETWORK_SIGNING_SECRETS", "NETWORK_BEARER_TOKENS", "NETWORK_ALLOWED_IPS"] as const;

/** What must be set outside the demo, and isn't. */
function missingOutsideTheDemo(given: Record<string, string | undefined>): string[] {
  const isSet = (name: string) => /[^\s,]/.test(given[name] ?? "");
  const problems: string[] = [];
  if (!NETWORK_CREDENTIALS.some(isSet))
    problems.push(
      "NETWORK_SIGNING_SECRETS: set this, NETWORK_BEARER_TOKENS or NETWORK_ALLOWED_IPS; without any the portal can't tell the network's calls from a stranger's",
    );
  if (!isSet("NETWORK_URL"))
    problems.push("NETWORK_URL: is not set: the address of the network that payments are sent to");
  return problems;
}

/** The demo's secrets, where it isn't the demo. */
function knownSecrets(settings: Settings): string[] {
  const { NETWORK_SIGNING_SECRETS, NETWORK_BEARER_TOKENS, AUTH_SECRET, AUTH_SECRETS_ACCEPTED } = settings;
  const secrets = { NETWORK_SIGNING_SECRETS, NETWORK_BEARER_TOKENS, AUTH_SECRET: [AUTH_SECRET], AUTH_SECRETS_ACCEPTED };
  return Object.entries(secrets)
    .filter(([, values]) => values.some(isDemoValue))
    .map(([name]) => `${name}: holds the value of .env.demo, which everyone knows; make one of your own`);
}

/**
 * Reads and checks the settings.
 * @throws EnvironmentError with every problem at once, each naming its setting
 */
export function readEnvironment(source: Record<string, string | undefined>): Env {
  // A line left empty in an env file means "the default".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const DEMO = given.CHUKTA_DEMO === "1";
  const missing = DEMO ? [] : missingOutsideTheDemo(given);
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
    throw new EnvironmentError([...wrong, ...missing]);
  }

  const { CHUKTA_DEMO: _, ...settings } = parsed.data;
  const NETWORK_URL = settings.NETWORK_URL ?? `http://localhost:${settings.SANDBOX_PORT}`;
  const problems = DEMO ? [] : [...missing, ...knownSecrets(parsed.data)];
  // The demo's secrets are public, so a demo must never speak to a real network.
  if (DEMO && !isLoopback(new URL(NETWORK_URL)))
    problems.push("NETWORK_URL: the demo only speaks to the sandbox on this machine");
  if (settings.METRICS_PORT === settings.PORT)
    problems.push("METRICS_PORT: is PORT's, which is 3000 where it isn't set; choose another");
  if (problems.length > 0) throw new EnvironmentError(problems);
  return { ...settings, NETWORK_URL, PUBLIC_URL: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`, DEMO };
}

let read: Env | undefined;

/** The settings, checked at first use. @throws EnvironmentError then, when they can't be used */
export const env: Env = new Proxy({} as Env, {
  get(_target, name) {
    read ??= readEnvironment(process.env);
    return Reflect.get(read, name);
  },
});

/** For the start of a program: says what is wrong with the settings, a line each, and ends it with exit code 1. */
export function checkEnvironment(): void {
  try {
    read ??= readEnvironment(process.env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
