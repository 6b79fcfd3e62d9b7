import "server-only";
import { browserWords } from "@/features/accounts/rules";
import { SESSION_IDLE_SECONDS } from "@/lib/auth-session";
import { system } from "@/lib/db";

/** A place where someone is signed in, as they see it themselves. Its token is not among it: nobody needs it but the browser. */
export interface SessionView {
  id: string;
  /** The one that asks. */
  current: boolean;
  /** "Chrome on Windows" */
  browser: string;
  /** Where it signed in from; null when that isn't known. */
  address: string | null;
  signedInAt: string;
  /** To the minute. */
  lastSeenAt: string;
}

/** An address as people write it; null for none, and for this machine's own, which better-auth keeps as zeros. */
function addressWords(kept: string | null): string | null {
  if (!kept || /^[0:]+$/.test(kept)) return null;
  const url = `http://[${kept}]`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : kept;
}

/** Where a person is signed in: this browser first, then by last use. Sessions that have run out are left out. */
export async function listSessions(userId: string, currentId: string, now: Date): Promise<SessionView[]> {
  const idleSince = new Date(now.getTime() - SESSION_IDLE_SECONDS * 1000);
  const sessions = await system.session.findMany({
    where: { userId, expiresAt: { gt: now }, lastSeenAt: { gt: idleSince } },
    orderBy: { lastSeenAt: "desc" },
  });
  return sessions
    .map(({ id, ipAddress, userAgent, createdAt, lastSeenAt }) => ({
      id,
      current: id === currentId,
      browser: browserWords(userAgent),
      address: addressWords(ipAddress),
      signedInAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    }))
    .sort((a, b) => Number(b.current) - Number(a.current));
}

/** How many recovery codes a person has left; null when they have no second factor. */
export async function countRecoveryCodes(userId: string): Promise<number | null> {
  const factor = await system.twoFactor.findUnique({
    where: { userId },
    select: { verified: true, backupCodes: true },
  });
  return factor?.verified ? (JSON.parse(factor.backupCodes) as string[]).length : null;
}

/** One of a person's passkeys, as they see it themselves. */
export interface PasskeyView {
  id: string;
  name: string;
  addedAt: string;
  /** Null for one that has never signed in. */
  lastUsedAt: string | null;
}

/** A person's passkeys, the oldest first. */
export async function listPasskeys(userId: string): Promise<PasskeyView[]> {
  const found = await system.passkey.findMany({
    where: { userId },
    select: { id: true, name: true, createdAt: true, lastUsedAt: true },
    orderBy: { id: "asc" },
  });
  return found.map(({ createdAt, lastUsedAt, ...passkey }) => ({
    ...passkey,
    addedAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }));
}

/** Whether anyone on this portal has that e-mail address, written as it is kept: in small letters. */
export async function hasAccount(email: string): Promise<boolean> {
  return (await system.user.findUnique({ where: { email }, select: { id: true } })) !== null;
}
