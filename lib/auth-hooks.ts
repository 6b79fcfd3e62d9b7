import "server-only";
import { APIError, createAuthMiddleware, getSessionFromCtx, isAPIError } from "better-auth/api";
import {
  type AttemptKeys,
  accountDigest,
  attemptKeys,
  countGuess,
  forgiveGuess,
  type Guess,
} from "@/lib/auth-attempts";
import { type AuthContext, knownDevice, rememberDevice } from "@/lib/auth-device";
import { logAuthEvent } from "@/lib/auth-events";
import { keepOpened, keptPassword } from "@/lib/auth-password";
import { assertProven } from "@/lib/auth-proven";
import { endChallenges, hashedRecoveryCode, secondStepUser, takeCodeOnce } from "@/lib/auth-second-factor";
import { endOtherSessions, sessionEnded, touchSession } from "@/lib/auth-session";
import { isBreached } from "@/lib/breached-passwords";
import { system } from "@/lib/db";
import { MAX_PASSWORD_LENGTH } from "@/lib/password";
import { isEasilyGuessed } from "@/lib/password-strength";

/*
 * What the portal adds around better-auth's endpoints: attempts are counted before and settled after, a code counts once, an idle
 * session is none, sessions elsewhere end when credentials change, and all of it is logged.
 */

/** What each path lets a stranger guess at. */
const GUESSES: Record<string, Guess> = {
  "/sign-in/email": "sign-in",
  "/two-factor/verify-totp": "code",
  "/two-factor/verify-backup-code": "code",
  "/two-factor/enable": "password",
  "/two-factor/disable": "password",
  "/two-factor/generate-backup-codes": "password",
  "/change-password": "password",
  "/end-sessions": "password",
  "/passkey/sign-in": "passkey",
  "/passkey/begin": "password",
  "/passkey/remove": "password",
};

/** What else is logged. */
const LOGGED_TOO = new Set(["/sign-out", "/passkey/add"]);

/** Where an idle session is no reason to refuse: it is about to be another's, or to end. */
const WITHOUT_SESSION = new Set(["/sign-in/email", "/passkey/sign-in-options", "/passkey/sign-in", "/sign-out"]);

/**
 * After these the person's other sessions are gone, and sign-ins that are half done; lib/passkey-store.ts sees to that for passkeys,
 * lib/auth-password.ts for passwords.
 */
const CHANGES_CREDENTIALS = new Set(["/two-factor/verify-totp", "/two-factor/disable"]);

interface Attempt {
  guess: Guess;
  keys: AttemptKeys;
  userId?: string | undefined;
  account?: string | undefined;
  /** The password that a session is opened by, as it was kept before anyone looked at it. */
  kept?: string | null;
}

/** Told apart by request, since what names the account (a challenge, a session) is used up when it has been answered. */
const attempts = new WeakMap<Request, Attempt>();

async function attemptOf(ctx: AuthContext): Promise<Attempt | null> {
  const guess = GUESSES[ctx.path ?? ""];
  if (!guess) return null;
  if (guess === "sign-in") {
    const { email } = ctx.body ?? {};
    const account = accountDigest(email);
    const device = await knownDevice(ctx, email);
    const kept = await keptPassword({ email: String(email) });
    return { guess, keys: attemptKeys(guess, device ? `known:${device}` : account, ctx.headers), account, kept };
  }
  if (guess === "passkey") return { guess, keys: attemptKeys(guess, null, ctx.headers) };
  const userId = guess === "code" ? await secondStepUser(ctx) : (await getSessionFromCtx(ctx))?.user.id;
  if (!userId) return null;
  const kept = guess === "code" ? await keptPassword({ userId }) : null;
  return { guess, keys: attemptKeys(guess, userId, ctx.headers), userId, kept };
}

/** @throws APIError 401 when the session lay idle for too long. */
async function refuseIdle(ctx: AuthContext): Promise<void> {
  if (WITHOUT_SESSION.has(ctx.path)) return;
  const found = await getSessionFromCtx<Record<string, never>, { lastSeenAt: Date }>(ctx);
  if (!found || (await touchSession(found.session, new Date()))) return;
  ctx.context.session = null;
  throw new APIError("UNAUTHORIZED", { code: "SESSION_ENDED", message: "You were signed out after an hour of rest." });
}

/** @throws APIError 400 in words for the person, when the new password is the present one, too easily guessed, or known from a breach. */
async function refuseEasyPassword(ctx: AuthContext): Promise<void> {
  const user = ctx.context.session?.user;
  const { newPassword, currentPassword } = ctx.body ?? {};
  // A longer one better-auth refuses. To look at it could take seconds, in which nobody else is answered.
  if (!user || typeof newPassword !== "string" || newPassword.length > MAX_PASSWORD_LENGTH) return;
  if (newPassword === currentPassword)
    throw new APIError("BAD_REQUEST", { code: "PASSWORD_UNCHANGED", message: "Choose another one than you have now." });
  const refuse = (message: string) => new APIError("BAD_REQUEST", { code: "PASSWORD_TOO_COMMON", message });
  if (await isEasilyGuessed(newPassword, [user.name, user.email]))
    throw refuse("This password is easily guessed: it is common, or made of names and words near at hand.");
  if (await isBreached(newPassword))
    throw refuse(
      "This password is known: it was among those stolen from some other site. Choose one that you use nowhere else.",
    );
}

/** The body as better-auth is to get it. What it offers besides, to stay signed in without the second step, is not to be had here. */
async function bodyOf(ctx: AuthContext, attempt: Attempt | null): Promise<object | null> {
  const code = ctx.body?.code;
  switch (ctx.path) {
    case "/two-factor/enable":
      return { ...ctx.body, method: "totp", issuer: "Chukta" };
    case "/two-factor/verify-totp":
      return { ...ctx.body, trustDevice: false };
    case "/two-factor/verify-backup-code": {
      const known = attempt?.userId !== undefined && typeof code === "string";
      const hashed = known ? await hashedRecoveryCode(attempt.userId ?? "", code) : "";
      return { ...ctx.body, code: hashed, trustDevice: false, disableSession: false };
    }
    default:
      return null;
  }
}

/** Where a second factor is set up: from the password to the first code. */
const SETS_UP = new Set(["/two-factor/enable", "/two-factor/verify-totp"]);

/** @throws APIError when it may not go on: too many attempts, a password that is easily guessed, a code that was used, a passkey first. */
async function admit(ctx: AuthContext, attempt: Attempt | null): Promise<void> {
  // First, since to look for a better password is not to guess at the present one.
  if (ctx.path === "/change-password") await refuseEasyPassword(ctx);
  if (attempt) await countGuess(attempt.keys);
  const signedIn = SETS_UP.has(ctx.path) && (await getSessionFromCtx(ctx));
  if (signedIn) await assertProven(signedIn);
  if (ctx.path === "/two-factor/verify-totp" && attempt?.userId && typeof ctx.body?.code === "string")
    await takeCodeOnce(ctx, attempt.userId, ctx.body.code);
}

export const beforeAuth = createAuthMiddleware(async (ctx) => {
  if (ctx.path === "/get-session") return;
  await refuseIdle(ctx);
  const attempt = await attemptOf(ctx);
  if (attempt && ctx.request) attempts.set(ctx.request, attempt);
  try {
    await admit(ctx, attempt);
  } catch (error) {
    const throttled = isAPIError(error) && error.status === "TOO_MANY_REQUESTS";
    logAuthEvent(ctx.path, throttled ? "throttled" : "refused", { ...attempt, headers: ctx.headers });
    throw error;
  }
  const body = await bodyOf(ctx, attempt);
  return body ? { context: { body } } : undefined;
});

/**
 * Once someone is wholly signed in: the browser is known from now on, and what it held before is over.
 * @throws APIError 401 when the password that they gave isn't theirs any more: it changed while they were signing in
 */
async function settleSignIn(ctx: AuthContext, attempt: Attempt): Promise<"ok" | "second step asked"> {
  const opened = ctx.context.newSession;
  if (!opened) return "ok";
  // A passkey's session is opened under the account's lock.
  if (attempt.kept !== undefined && !(await keepOpened(opened.session, attempt.kept))) {
    ctx.context.setNewSession(null);
    throw sessionEnded("Your password was changed just now. Please sign in with the new one.");
  }
  const before = await ctx.getSignedCookie(ctx.context.authCookies.sessionToken.name, ctx.context.secret);
  if (before && before !== opened.session.token) await system.session.deleteMany({ where: { token: before } });
  const { twoFactorEnabled, email } = opened.user as { twoFactorEnabled?: boolean | null; email: string };
  // better-auth takes this session back, and asks for the code.
  if (ctx.path === "/sign-in/email" && twoFactorEnabled) return "second step asked";
  await rememberDevice(ctx, email);
  return "ok";
}

export const afterAuth = createAuthMiddleware(async (ctx) => {
  const guess = GUESSES[ctx.path ?? ""];
  if (!guess && !LOGGED_TOO.has(ctx.path)) return;
  const signedIn = ctx.context.session?.user.id;
  const opened = ctx.context.newSession;
  const attempt = ctx.request && attempts.get(ctx.request);
  const who = {
    account: attempt?.account,
    userId: opened?.user.id ?? signedIn ?? attempt?.userId,
    headers: ctx.headers,
  };
  if (isAPIError(ctx.context.returned)) {
    logAuthEvent(ctx.path, "refused", who);
    return;
  }
  const signsIn = guess === "sign-in" || guess === "passkey" || (guess === "code" && !signedIn);
  const settling = attempt && signsIn ? settleSignIn(ctx, attempt) : Promise.resolve("ok" as const);
  const outcome = await settling.catch((error: unknown) => {
    logAuthEvent(ctx.path, "refused", who);
    throw error;
  });
  if (attempt) await forgiveGuess(attempt.keys);
  if (CHANGES_CREDENTIALS.has(ctx.path) && signedIn && opened) {
    await endChallenges(system, signedIn);
    await endOtherSessions(signedIn, opened.session.token);
  }
  logAuthEvent(ctx.path, outcome, who);
});
