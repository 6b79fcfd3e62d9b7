import "server-only";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { isAPIError } from "better-auth/api";
import { twoFactor } from "better-auth/plugins/two-factor";
import { GUESS_WINDOW_SECONDS } from "@/lib/auth-attempts";
import { afterAuth, beforeAuth } from "@/lib/auth-hooks";
import { passkeyEndpoints } from "@/lib/auth-passkeys";
import { changePassword } from "@/lib/auth-password";
import { mintRecoveryCodes, recoveryCodeStorage } from "@/lib/auth-second-factor";
import { authSecrets } from "@/lib/auth-secrets";
import { endSessions, SESSION_MAX_SECONDS } from "@/lib/auth-session";
import { system } from "@/lib/db";
import { env, isLocal } from "@/lib/env";
import { CLIENT_HEADER } from "@/lib/http/client-address";
import { ownOrigins } from "@/lib/http/origin";
import { uuidv7 } from "@/lib/ids";
import { logger } from "@/lib/logger";
import { isDatabaseAway } from "@/lib/outage";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@/lib/password";

/** Whether the browser speaks https with us: everywhere but on one's own machine (docs/decisions/028-sessions.md). */
const isSecure = () => !isLocal(new URL(env.PUBLIC_URL));

function build() {
  return betterAuth({
    appName: "Chukta",
    baseURL: env.PUBLIC_URL,
    secret: env.AUTH_SECRET,
    secrets: authSecrets(),
    database: prismaAdapter(system, { provider: "postgresql" }),
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
    session: {
      expiresIn: SESSION_MAX_SECONDS,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: {
        lastSeenAt: { type: "date", input: false, defaultValue: () => new Date() },
        passkeyId: { type: "string", input: false, required: false },
      },
    },
    plugins: [
      twoFactor({
        issuer: "Chukta",
        twoFactorCookieMaxAge: 5 * 60,
        backupCodeOptions: { customBackupCodesGenerate: mintRecoveryCodes, storeBackupCodes: recoveryCodeStorage },
      }),
      { id: "chukta-sessions", endpoints: { endSessions } },
      { id: "chukta-password", endpoints: { changePassword } },
      { id: "chukta-passkeys", endpoints: passkeyEndpoints },
    ],
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 120,
      // What is guessed at has limits of its own (lib/auth-attempts.ts).
      customRules: {
        "/sign-in/email": false,
        "/get-session": false,
        "/two-factor/*": false,
        "/passkey/sign-in": false,
        "/passkey/begin": false,
        "/passkey/remove": false,
        // Made without a look at the database: to count them would cost more.
        "/passkey/sign-in-options": false,
        // Also for the looks at a new password, each of which takes some milliseconds.
        "/change-password": { window: 60, max: 30 },
        "/end-sessions": false,
        // The longest window decides when better-auth sweeps the table that both use: not before the guesses in it have run out.
        "/sign-out": { window: GUESS_WINDOW_SECONDS, max: 600 },
      },
    },
    advanced: {
      // better-auth's own prefix for secure cookies is the weaker __Secure-, which a neighbouring host could overwrite.
      cookiePrefix: isSecure() ? "__Host-chukta" : "chukta",
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure(), httpOnly: true, sameSite: "lax", path: "/" },
      // Stated, since better-auth turns the check off by itself when NODE_ENV is "test".
      disableOriginCheck: false,
      disableCSRFCheck: false,
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
    },
    hooks: { before: beforeAuth, after: afterAuth },
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
