import "server-only";
import { createHash } from "node:crypto";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { prisma } from "@/lib/db";
import { env } from "@/lib/env";
import { CLIENT_HEADER } from "@/lib/http/client-address";
import { isLocal, ownOrigins } from "@/lib/http/origin";
import { uuidv7 } from "@/lib/ids";
import { logger } from "@/lib/logger";
import { isDatabaseAway } from "@/lib/outage";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@/lib/password";
import { countAttempt, forgetAttempt, forgetAttempts, type Limit } from "@/lib/throttle";

const DAY_SECONDS = 86_400;
const WINDOW_SECONDS = 15 * 60;

/**
 * Failed sign-ins are bounded twice: per account (however many addresses guess at it) and per address (however many accounts it
 * tries; offices share one, so it is wider). Both count an e-mail address that nobody has, so that the limit gives nothing away.
 */
const PER_ACCOUNT: Limit = { max: 10, windowSeconds: WINDOW_SECONDS };
const PER_ADDRESS: Limit = { max: 50, windowSeconds: WINDOW_SECONDS };

/** The throttle's keys of one sign-in. The e-mail address is hashed: the table outlives the attempt. */
function attemptKeys(email: unknown, address: string | null | undefined): { account: string; address: string | null } {
  const digest = createHash("sha256").update(String(email).trim().toLowerCase()).digest("hex");
  return { account: `sign-in:account:${digest}`, address: address ? `sign-in:address:${address}` : null };
}

const countSignIn = createAuthMiddleware(async (ctx) => {
  if (ctx.path !== "/sign-in/email") return;
  const now = new Date();
  const keys = attemptKeys(ctx.body?.email, ctx.headers?.get(CLIENT_HEADER));
  const waits = [
    await countAttempt(keys.account, PER_ACCOUNT, now),
    keys.address ? await countAttempt(keys.address, PER_ADDRESS, now) : null,
  ];
  const seconds = Math.max(0, ...waits.map((wait) => wait ?? 0));
  if (seconds === 0) return;
  const minutes = Math.ceil(seconds / 60);
  throw new APIError(
    "TOO_MANY_REQUESTS",
    {
      code: "TOO_MANY_ATTEMPTS",
      message: `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
    },
    { "retry-after": String(seconds) },
  );
});

const settleAttempt = createAuthMiddleware(async (ctx) => {
  const { newSession, session } = ctx.context;
  if (ctx.path === "/sign-in/email" && newSession) {
    const keys = attemptKeys(ctx.body?.email, ctx.headers?.get(CLIENT_HEADER));
    await forgetAttempts(keys.account);
    if (keys.address) await forgetAttempt(keys.address);
  }
  if (ctx.path === "/change-password" && session && !isAPIError(ctx.context.returned)) {
    await prisma.user.update({ where: { id: session.user.id }, data: { mustChangePassword: false } });
  }
});

function build() {
  return betterAuth({
    appName: "Chukta",
    baseURL: env.PUBLIC_URL,
    secret: env.AUTH_SECRET,
    database: prismaAdapter(prisma, { provider: "postgresql" }),
    trustedOrigins: (request) => (request ? ownOrigins(request.headers) : []),
    emailAndPassword: {
      enabled: true,
      // People are let in by an owner (settings) or by the operator (npm run admin).
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    user: { additionalFields: { mustChangePassword: { type: "boolean", input: false, defaultValue: false } } },
    // A session is looked up on every request, so that signing out, or being removed, takes effect at once.
    session: { expiresIn: 7 * DAY_SECONDS, disableSessionRefresh: true, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 120,
      // Signing in has its own limits, above. The longest window also decides when better-auth sweeps the table.
      customRules: {
        "/sign-in/email": false,
        "/get-session": false,
        "/change-password": { window: WINDOW_SECONDS, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: "chukta",
      useSecureCookies: !isLocal(new URL(env.PUBLIC_URL)),
      // Stated, since better-auth turns the check off by itself when NODE_ENV is "test".
      disableOriginCheck: false,
      disableCSRFCheck: false,
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
    },
    hooks: { before: countSignIn, after: settleAttempt },
    logger: {
      level: "warn",
      log: (level, message, ...details) => logger[level]({ from: "better-auth", details }, message),
    },
    onAPIError: {
      onError: (error) => {
        // Past better-auth's own bare 500, so that the route answers 503 as everywhere else.
        if (isDatabaseAway(error)) throw error;
        const expected = isAPIError(error) && error.statusCode < 500;
        logger[expected ? "debug" : "error"]({ err: error, from: "better-auth" }, "sign-in request refused");
      },
    },
    telemetry: { enabled: false },
  });
}

type Auth = ReturnType<typeof build>;

let built: Auth | undefined;

/** better-auth, made at first use: the settings are not known while Next builds. */
export function auth(): Auth {
  built ??= build();
  return built;
}
