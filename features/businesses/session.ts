import "server-only";
import { isAPIError } from "better-auth/api";
import { auth } from "@/lib/auth";
import { withCurrentSignatures } from "@/lib/auth-secrets";
import { touchSession } from "@/lib/auth-session";
import { AppError } from "@/lib/errors";

/** The person who is signed in. */
export interface SignedInUser {
  id: string;
  name: string;
  email: string;
  /** They signed in with a password that someone else handed out, and may do nothing but choose their own. */
  mustChangePassword: boolean;
  /** Signing in takes a second factor besides the password, or this session was opened by a passkey, which is both. */
  hasSecondFactor: boolean;
  /** Names their session in lists; it is not what opens it. */
  sessionId: string;
}

/**
 * The person whose session the request's cookie names; null when there is none, or it has ended, or has lain idle.
 * @throws AppError UNAVAILABLE while sessions can't be looked up: being cut off from the database is not being signed out.
 */
export async function findUser(headers: Headers): Promise<SignedInUser | null> {
  try {
    const found = await auth().api.getSession({ headers: withCurrentSignatures(headers) });
    if (!found || !(await touchSession(found.session, new Date()))) return null;
    const { id, name, email, mustChangePassword, twoFactorEnabled } = found.user;
    return {
      id,
      name,
      email,
      mustChangePassword: mustChangePassword === true,
      hasSecondFactor: twoFactorEnabled === true || Boolean(found.session.passkeyId),
      sessionId: found.session.id,
    };
  } catch (error) {
    // better-auth answers whatever its database threw with a bare 500, and has logged it.
    if (!isAPIError(error) || error.statusCode < 500) throw error;
    throw new AppError(
      "UNAVAILABLE",
      "The portal can't reach its records just now. Please try again in a moment.",
      [],
      5,
    );
  }
}

/**
 * The person who is signed in.
 * @throws AppError UNAUTHENTICATED; FORBIDDEN while they still have to choose a password of their own; UNAVAILABLE.
 */
export async function requireUser(headers: Headers): Promise<SignedInUser> {
  const user = await findUser(headers);
  if (!user) throw new AppError("UNAUTHENTICATED", "Please sign in first.");
  if (user.mustChangePassword) throw new AppError("FORBIDDEN", "Please choose a password of your own first.");
  return user;
}
