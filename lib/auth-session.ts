import "server-only";
import { APIError, createAuthEndpoint, getIP, sessionMiddleware } from "better-auth/api";
import { generateRandomString } from "better-auth/crypto";
import { z } from "zod";
import type { AuthContext } from "@/lib/auth-device";
import { system } from "@/lib/db";

/** How long after signing in a session ends, whatever happens: everyone signs in once a day (NIST SP 800-63B, AAL2). */
export const SESSION_MAX_SECONDS = 86_400;

/** How long after its last use it ends. */
export const SESSION_IDLE_SECONDS = 3_600;

/** How exactly the last use is kept: a write a minute, not one a request. */
const SEEN_EVERY_SECONDS = 60;

/** A session to be opened; its token goes out in its cookie alone. */
export interface NewSession {
  token: string;
  expiresAt: Date;
  ipAddress: string;
  userAgent: string;
  createdAt: Date;
  updatedAt: Date;
  lastSeenAt: Date;
}

/** What a session that whoever asks opens now begins with. */
export function newSessionOf(ctx: AuthContext, now: Date): NewSession {
  return {
    token: generateRandomString(32),
    expiresAt: new Date(now.getTime() + SESSION_MAX_SECONDS * 1000),
    ipAddress: (ctx.request && getIP(ctx.request, ctx.context.options)) ?? "",
    userAgent: ctx.headers?.get("user-agent") ?? "",
    createdAt: now,
    updatedAt: now,
    lastSeenAt: now,
  };
}

/** For whoever is signed out from now on. */
export const sessionEnded = (message: string) => new APIError("UNAUTHORIZED", { code: "SESSION_ENDED", message });

interface UsedSession {
  id: string;
  lastSeenAt: Date;
}

/**
 * Notes that a session is being used.
 * @returns false when it lay idle for too long and was deleted. So is one whose last use lies as far in the future: a clock was wrong when
 * that was noted, and by it the session would outlive its hour of rest.
 */
export async function touchSession(session: UsedSession, now: Date): Promise<boolean> {
  const idleSeconds = (now.getTime() - session.lastSeenAt.getTime()) / 1000;
  if (Math.abs(idleSeconds) >= SESSION_IDLE_SECONDS) {
    await system.session.deleteMany({ where: { id: session.id } });
    return false;
  }
  if (idleSeconds >= SEEN_EVERY_SECONDS) {
    await system.session.updateMany({
      where: { id: session.id, lastSeenAt: session.lastSeenAt },
      data: { lastSeenAt: now },
    });
  }
  return true;
}

/** Ends a person's sessions but the one with this token. */
export async function endOtherSessions(userId: string, keptToken: string): Promise<void> {
  await system.session.deleteMany({ where: { userId, token: { not: keptToken } } });
}

/**
 * Ends one of one's own sessions elsewhere, or all of them. It takes the password: who sits down at an open browser must not throw
 * the person out of their own. Ours, because better-auth's lists hand the sessions' tokens to the page.
 */
export const endSessions = createAuthEndpoint(
  "/end-sessions",
  {
    method: "POST",
    body: z.strictObject({ password: z.string(), session: z.uuid().optional() }),
    use: [sessionMiddleware],
  },
  async (ctx) => {
    const { user, session } = ctx.context.session;
    await ctx.context.password.checkPassword(user.id, ctx);
    const one = ctx.body.session ? { id: ctx.body.session } : {};
    await system.session.deleteMany({ where: { AND: [{ userId: user.id, id: { not: session.id } }, one] } });
    return ctx.json({});
  },
);
