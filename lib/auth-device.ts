import "server-only";
import type { createAuthMiddleware } from "better-auth/api";
import { accountDigest } from "@/lib/auth-attempts";
import { uuidv7 } from "@/lib/ids";

export type AuthContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** For how long a browser is known after its last sign-in, in seconds. */
const KNOWN_SECONDS = 90 * 86_400;
const SEPARATOR = "!";

const cookieOf = (ctx: AuthContext) => ctx.context.createAuthCookie("device", { maxAge: KNOWN_SECONDS });

/**
 * The browser's own id when it has signed in to this account before, by a cookie that only the server can make; null for any other.
 * It opens nothing: guesses made with it are counted apart from everyone else's, just as strictly.
 */
export async function knownDevice(ctx: AuthContext, email: unknown): Promise<string | null> {
  const value = await ctx.getSignedCookie(cookieOf(ctx).name, ctx.context.secret);
  if (!value) return null;
  const [id, account] = value.split(SEPARATOR);
  return id && account === accountDigest(email) ? id : null;
}

/** Makes the browser known to the account, after a whole sign-in. */
export async function rememberDevice(ctx: AuthContext, email: string): Promise<void> {
  const id = (await knownDevice(ctx, email)) ?? uuidv7();
  const { name, attributes } = cookieOf(ctx);
  await ctx.setSignedCookie(name, `${id}${SEPARATOR}${accountDigest(email)}`, ctx.context.secret, attributes);
}
