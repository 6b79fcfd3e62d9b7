import "server-only";
import { system, transactSystem } from "@/lib/db";

/*
 * What the operator does to an account, at the server's own terminal (npm run admin). No page or route imports it.
 */

/**
 * Ends all sessions of a person.
 * @returns how many there were; null when nobody has that e-mail address.
 */
export async function signOutEverywhere(email: string): Promise<number | null> {
  const user = await system.user.findUnique({ where: { email }, select: { id: true } });
  if (!user) return null;
  return (await system.session.deleteMany({ where: { userId: user.id } })).count;
}

/**
 * Takes a person's second factor away, for someone who has lost phone and recovery codes; and ends their sessions.
 * @returns false when they had none; null when nobody has that e-mail address.
 */
export async function resetSecondFactor(email: string): Promise<boolean | null> {
  const user = await system.user.findUnique({ where: { email }, select: { id: true } });
  if (!user) return null;
  return transactSystem(async (tx) => {
    const removed = await tx.twoFactor.deleteMany({ where: { userId: user.id } });
    await tx.user.update({ where: { id: user.id }, data: { twoFactorEnabled: false } });
    await tx.session.deleteMany({ where: { userId: user.id } });
    return removed.count > 0;
  });
}
