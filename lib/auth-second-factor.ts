import "server-only";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { createOTP } from "@better-auth/utils/otp";
import { APIError, getSessionFromCtx } from "better-auth/api";
import { symmetricDecrypt } from "better-auth/crypto";
import type { AuthContext } from "@/lib/auth-device";
import { system, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { spokenLetters } from "@/lib/spoken-letters";

/*
 * What better-auth's second factor leaves open: it takes a code for as long as its step lasts, any number of times, and keeps
 * recovery codes in a form that can be turned back. See docs/decisions/029-second-factor.md.
 */

/** How long a code lasts, in seconds (RFC 6238), and how many steps a clock may be off. */
const STEP_SECONDS = 30;
const STEPS_OFF = 1;

/** The steps, since 1970, at which the code would be right. Every step is tried, so that time tells nothing. */
async function stepsOf(secret: string, code: string, now: Date): Promise<number[]> {
  const current = Math.floor(now.getTime() / 1000 / STEP_SECONDS);
  const otp = createOTP(secret, { digits: 6, period: STEP_SECONDS });
  const given = Buffer.from(code.padEnd(6).slice(0, 6));
  const steps = Array.from({ length: 2 * STEPS_OFF + 1 }, (_, index) => current - STEPS_OFF + index);
  const right = await Promise.all(
    steps.map(async (step) => timingSafeEqual(Buffer.from(await otp.hotp(step)), given) && code.length === 6),
  );
  return steps.filter((_, index) => right[index]);
}

/**
 * Takes a step for good. One statement, guarded by the step before it: of two who type the same code at once, one gets in.
 * @returns false when a code of this step, or of a later one, was taken before.
 */
async function takeStep(userId: string, step: number): Promise<boolean> {
  const taken = await system.twoFactor.updateMany({
    where: { userId, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
    data: { lastStep: step },
  });
  return taken.count === 1;
}

/** Whose second step this is: the signed-in person's, or theirs whose password was right a moment ago. */
export async function secondStepUser(ctx: AuthContext): Promise<string | null> {
  const session = await getSessionFromCtx(ctx);
  if (session) return session.user.id;
  const cookie = ctx.context.createAuthCookie("two_factor");
  const challenge = await ctx.getSignedCookie(cookie.name, ctx.context.secret);
  if (!challenge) return null;
  return (await ctx.context.internalAdapter.findVerificationValue(challenge))?.value ?? null;
}

/** Ends the sign-ins of a person that wait for their code: they were begun with a password that may count no more. */
export async function endChallenges(db: Pick<Tx, "verification">, userId: string): Promise<void> {
  await db.verification.deleteMany({ where: { value: userId } });
}

/**
 * What the app and we share, which AUTH_SECRET encrypts.
 * @throws AppError CONFLICT, for the operator, when it was encrypted by another secret than there are now: after a restore, say.
 */
export function decryptFactor(key: Parameters<typeof symmetricDecrypt>[0]["key"], data: string): Promise<string> {
  return symmetricDecrypt({ key, data }).catch(() => {
    throw new AppError(
      "CONFLICT",
      "A second factor can't be read: the secret that encrypted it is neither AUTH_SECRET nor among AUTH_SECRETS_ACCEPTED. Where that is lost, reset-second-factor lets a person begin anew.",
    );
  });
}

/** Of an app whose codes can't be checked: the operator reads why, the person what else opens. */
function refuseUnreadable(err: unknown, userId: string): never {
  logger.error({ err, userId }, "a second factor can't be read");
  throw new APIError("UNAUTHORIZED", {
    code: "FACTOR_UNREADABLE",
    message: "Your app's codes can't be checked any more. Take a recovery code, or ask an owner for a new start.",
  });
}

/**
 * Lets a right code pass once. A wrong one is left to better-auth, which counts and refuses it.
 * @throws APIError 401 CODE_USED, or FACTOR_UNREADABLE.
 */
export async function takeCodeOnce(ctx: AuthContext, userId: string, code: string): Promise<void> {
  const factor = await system.twoFactor.findUnique({ where: { userId }, select: { secret: true } });
  if (!factor) return;
  const secret = await decryptFactor(ctx.context.secretConfig, factor.secret).catch((error: unknown) =>
    refuseUnreadable(error, userId),
  );
  const steps = await stepsOf(secret, code, new Date());
  if (steps.length === 0) return;
  for (const step of steps) if (await takeStep(userId, step)) return;
  throw new APIError("UNAUTHORIZED", {
    code: "CODE_USED",
    message: "This code was used already. Wait for the next one.",
  });
}

const RECOVERY_CODES = 10;
const RECOVERY_LETTERS = 10;
const HASH_BYTES = 32;
const HASHED = "scrypt$";
const derive = promisify(scrypt) as (secret: string, salt: string, length: number) => Promise<Buffer>;

/** As people see one: two groups of five. */
const grouped = (letters: string) => `${letters.slice(0, 5)}-${letters.slice(5)}`;

/** Recovery codes to write down: ten letters and digits each, 49 bits. */
export function mintRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => grouped(spokenLetters(RECOVERY_LETTERS)));
}

const hashCode = async (code: string, salt: string) =>
  `${HASHED}${salt}$${(await derive(code, salt, HASH_BYTES)).toString("base64url")}`;

/**
 * How better-auth is made to keep recovery codes: as scrypt hashes under a salt of the set's own. What it writes back after one was
 * used are the other hashes, which stay as they are.
 */
export const recoveryCodeStorage = {
  encrypt: async (json: string): Promise<string> => {
    const codes = JSON.parse(json) as string[];
    const salt = randomBytes(16).toString("base64url");
    const isHash = (code: string) => code.startsWith(HASHED);
    return JSON.stringify(await Promise.all(codes.map((code) => (isHash(code) ? code : hashCode(code, salt)))));
  },
  decrypt: async (stored: string): Promise<string> => stored,
};

/** What a person typed as a recovery code, as its hash among theirs would be: better-auth looks for that. Never the text itself. */
export async function hashedRecoveryCode(userId: string, typed: string): Promise<string> {
  const factor = await system.twoFactor.findUnique({ where: { userId }, select: { backupCodes: true } });
  const [first = ""] = factor ? (JSON.parse(factor.backupCodes) as string[]) : [];
  const letters = typed.toLowerCase().replace(/[^a-z0-9]/g, "");
  return hashCode(grouped(letters), first.split("$")[1] ?? "");
}
