import "server-only";
import { APIError, createAuthEndpoint, sessionMiddleware } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { lockAccount } from "@/lib/account-lock";
import { endChallenges } from "@/lib/auth-second-factor";
import { type NewSession, newSessionOf, sessionEnded } from "@/lib/auth-session";
import { system, type Tx, transactSystem } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@/lib/password";

/*
 * What a password opens ends with it, also at the same moment. better-auth looks at a password, and some tenths of a second later writes a
 * new one, or opens a session, whatever has become of it meanwhile. Here both are guarded by the password that was looked at, under the
 * account's lock, which whoever hands out a new one holds too.
 */

const WITH_PASSWORD = { providerId: "credential" } as const;

/** How a person's password is kept; null for who has none. */
export async function keptPassword(person: { userId: string } | { email: string }): Promise<string | null> {
  const whose = "userId" in person ? person : { user: { email: person.email.toLowerCase() } };
  return passwordIn(system, { ...WITH_PASSWORD, ...whose });
}

async function passwordIn(db: Pick<Tx, "account">, where: object): Promise<string | null> {
  return (await db.account.findFirst({ where, select: { password: true } }))?.password ?? null;
}

/**
 * Takes a session back when the password that opened it isn't the person's any more: it was changed, or handed out anew, while they were
 * signing in.
 * @param kept as `keptPassword` said before the password was looked at
 * @returns whether the session stays
 */
export function keepOpened(opened: { userId: string; token: string }, kept: string | null): Promise<boolean> {
  const { userId, token } = opened;
  return transactSystem(async (tx) => {
    await lockAccount(tx, userId);
    if ((await passwordIn(tx, { ...WITH_PASSWORD, userId })) === kept) return true;
    await tx.session.deleteMany({ where: { token } });
    return false;
  });
}

/**
 * Puts one's own password in the place of the one that was looked at. All sessions end, and the one in which it was done goes on as a new
 * one: opened by the same passkey, where it was.
 * @returns null when the session has ended meanwhile, or the password is another one
 */
function replacePassword(
  holder: { userId: string; sessionId: string },
  { before, after }: { before: string; after: string },
  session: NewSession,
) {
  const { userId, sessionId } = holder;
  return transactSystem(async (tx) => {
    await lockAccount(tx, userId);
    const here = await tx.session.findFirst({ where: { id: sessionId, userId }, select: { passkeyId: true } });
    if (!here) return null;
    const where = { ...WITH_PASSWORD, userId, password: before };
    const { count } = await tx.account.updateMany({ where, data: { password: after } });
    if (count === 0) return null;
    await tx.user.update({ where: { id: userId }, data: { mustChangePassword: false } });
    await endChallenges(tx, userId);
    await tx.session.deleteMany({ where: { userId } });
    return tx.session.create({ data: { id: uuidv7(), userId, passkeyId: here.passkeyId, ...session } });
  });
}

const wrong = () => new APIError("BAD_REQUEST", { code: "INVALID_PASSWORD", message: "Invalid password" });

/** @throws APIError 400 for one that is too short, or too long to be looked at */
function assertLength(password: string, least: number): void {
  const is = password.length < least ? "short" : password.length > MAX_PASSWORD_LENGTH ? "long" : null;
  if (is)
    throw new APIError("BAD_REQUEST", {
      code: `PASSWORD_TOO_${is.toUpperCase()}`,
      message: `This password is too ${is}: it takes ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`,
    });
}

/** In the place of better-auth's own, under the same name and path. What makes a password a bad one, lib/auth-hooks.ts has looked at. */
export const changePassword = createAuthEndpoint(
  "/change-password",
  {
    method: "POST",
    body: z.object({ currentPassword: z.string(), newPassword: z.string() }),
    use: [sessionMiddleware],
  },
  async (ctx) => {
    const { user, session } = ctx.context.session;
    const { currentPassword, newPassword } = ctx.body;
    assertLength(newPassword, MIN_PASSWORD_LENGTH);
    assertLength(currentPassword, 0);
    const before = await keptPassword({ userId: user.id });
    if (!before || !(await ctx.context.password.verify({ hash: before, password: currentPassword }))) throw wrong();
    const after = await ctx.context.password.hash(newPassword);
    const holder = { userId: user.id, sessionId: session.id };
    const opened = await replacePassword(holder, { before, after }, newSessionOf(ctx, new Date()));
    if (!opened) throw sessionEnded("Your password was changed meanwhile. Please sign in again.");
    await setSessionCookie(ctx, { session: opened, user });
    return ctx.json({});
  },
);
