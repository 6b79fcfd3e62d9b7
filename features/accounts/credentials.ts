import "server-only";
import { hashPassword } from "better-auth/crypto";
import { endChallenges } from "@/lib/auth-second-factor";
import type { Tx } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import { takePasskeys } from "@/lib/passkey-store";
import { spokenLetters } from "@/lib/spoken-letters";

/** A secret for people to tell each other: 16 letters and digits in groups of four, 79 bits. */
export function mintSpoken(): string {
  const letters = spokenLetters(16);
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4)).join("-");
}

/** How a password is kept: better-auth's scrypt. Slow on purpose (some 50 ms), so never called inside a transaction. */
export const passwordHash = (password: string): Promise<string> => hashPassword(password);

/**
 * Makes a person's account, unless their e-mail address has one.
 * @returns false when it had one; nothing is changed then.
 */
export async function createUser(
  tx: Tx,
  user: { email: string; name: string; passwordHash: string; mustChangePassword: boolean },
): Promise<boolean> {
  const id = uuidv7();
  const { passwordHash: password, ...data } = user;
  const made = await tx.user.createMany({ data: [{ id, ...data }], skipDuplicates: true });
  if (made.count === 0) return false;
  await makeFirstPassword(tx, id, password);
  return true;
}

async function makeFirstPassword(tx: Tx, userId: string, password: string): Promise<void> {
  await tx.account.create({ data: { id: uuidv7(), userId, accountId: userId, providerId: "credential", password } });
}

/**
 * Gives a person a password that was handed out, to be changed at the next sign-in, and ends their sessions and half-done sign-ins. Their
 * passkeys are gone too: each is a whole way in by itself, perhaps of whoever knew the old password. Who came with their business from
 * another installation has no password until then.
 */
export async function handOutPassword(tx: Tx, userId: string, password: string): Promise<void> {
  // First, since it holds off a second one at the same moment.
  await tx.user.update({ where: { id: userId }, data: { mustChangePassword: true } });
  const { count } = await tx.account.updateMany({ where: { userId, providerId: "credential" }, data: { password } });
  if (count === 0) await makeFirstPassword(tx, userId, password);
  await endChallenges(tx, userId);
  await takePasskeys(tx, userId);
  await tx.session.deleteMany({ where: { userId } });
}

/**
 * Takes a person's second factor away, for someone who has lost phone and recovery codes, and their passkeys, which may have been on that
 * phone; and ends their sessions.
 * @returns false when they had none of either
 */
export async function takeSecondFactor(tx: Tx, userId: string): Promise<boolean> {
  await tx.user.update({ where: { id: userId }, data: { twoFactorEnabled: false } });
  const removed = await tx.twoFactor.deleteMany({ where: { userId } });
  const passkeys = await takePasskeys(tx, userId);
  await tx.session.deleteMany({ where: { userId } });
  return removed.count + passkeys > 0;
}
