import "server-only";
import { APIError } from "better-auth/api";
import { system } from "@/lib/db";

/** Who is signed in, as better-auth has it. */
interface SignedIn {
  user: { id: string } & Record<string, unknown>;
  session: Record<string, unknown>;
}

/**
 * Whoever has a passkey changes what they sign in with only where they have proven both factors: whoever stole the password alone could
 * else add one of their own, take theirs away, or set up an app, and be inside a business that asks for two-step sign-in. With an app's
 * codes every session has both.
 * @throws APIError 403 PASSKEY_FIRST
 */
export async function assertProven({ user, session }: SignedIn): Promise<void> {
  if (user.twoFactorEnabled === true || session.passkeyId) return;
  if ((await system.passkey.count({ where: { userId: user.id } })) === 0) return;
  throw new APIError("FORBIDDEN", {
    code: "PASSKEY_FIRST",
    message:
      "You have a passkey, so this takes it: sign out, and in again with the passkey. If you have lost it, ask an owner for a new start.",
  });
}
