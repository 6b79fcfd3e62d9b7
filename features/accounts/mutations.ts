import "server-only";
import { handOutPassword, passwordHash, takeSecondFactor } from "@/features/accounts/credentials";
import { system, transactSystem } from "@/lib/db";

/*
 * What the operator does to an account, at the server's own terminal (npm run admin). No page or route imports it.
 */

const idOf = async (email: string) => (await system.user.findUnique({ where: { email }, select: { id: true } }))?.id;

/**
 * Ends all sessions of a person.
 * @returns how many there were; null when nobody has that e-mail address.
 */
export async function signOutEverywhere(email: string): Promise<number | null> {
  const userId = await idOf(email);
  if (!userId) return null;
  return (await system.session.deleteMany({ where: { userId } })).count;
}

/**
 * Gives a person a password that was handed out (`handOutPassword`), whichever businesses they belong to.
 * @returns false when nobody has that e-mail address.
 */
export async function resetPassword(email: string, firstPassword: string): Promise<boolean> {
  const userId = await idOf(email);
  if (!userId) return false;
  const password = await passwordHash(firstPassword);
  await transactSystem((tx) => handOutPassword(tx, userId, password));
  return true;
}

/**
 * Takes a person's second factor away (`takeSecondFactor`).
 * @returns false when they had none; null when nobody has that e-mail address.
 */
export async function resetSecondFactor(email: string): Promise<boolean | null> {
  const userId = await idOf(email);
  return userId ? transactSystem((tx) => takeSecondFactor(tx, userId)) : null;
}
