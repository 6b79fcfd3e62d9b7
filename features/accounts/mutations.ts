import "server-only";
import { handOutPassword, passwordHash, takeSecondFactor } from "@/features/accounts/credentials";
import { recordAudit } from "@/features/audit/record";
import { operatorScope } from "@/features/businesses/gate";
import { system, type Tx, transactSystem } from "@/lib/db";

/*
 * What the operator does to an account, at the server's own terminal (npm run admin). No page or route imports it. Somebody who passes
 * for one of its people may have asked for it, so each business of the person's is told, in its Activity.
 */

const idOf = async (email: string) => (await system.user.findUnique({ where: { email }, select: { id: true } }))?.id;

/** Writes what was done to a person's account into the trail of every business of theirs, in the transaction that does it. */
async function tellBusinesses(
  tx: Tx,
  { userId, email }: { userId: string; email: string },
  action: "member.password-reset" | "member.second-factor-reset" | "member.signed-out",
): Promise<void> {
  const business = { select: { id: true, b2bId: true } };
  const memberships = await tx.membership.findMany({ where: { userId }, select: { business } });
  const entry = { at: new Date(), action, subjectKind: "member", subjectId: userId, after: { email } } as const;
  for (const one of memberships) await recordAudit(tx, operatorScope(one.business), entry);
}

/**
 * Ends all sessions of a person.
 * @returns how many there were; null when nobody has that e-mail address.
 */
export async function signOutEverywhere(email: string): Promise<number | null> {
  const userId = await idOf(email);
  if (!userId) return null;
  return transactSystem(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId } });
    await tellBusinesses(tx, { userId, email }, "member.signed-out");
    return count;
  });
}

/**
 * Gives a person a password that was handed out (`handOutPassword`), whichever businesses they belong to.
 * @returns false when nobody has that e-mail address.
 */
export async function resetPassword(email: string, firstPassword: string): Promise<boolean> {
  const userId = await idOf(email);
  if (!userId) return false;
  const password = await passwordHash(firstPassword);
  await transactSystem(async (tx) => {
    await handOutPassword(tx, userId, password);
    await tellBusinesses(tx, { userId, email }, "member.password-reset");
  });
  return true;
}

/**
 * Takes a person's second factor away (`takeSecondFactor`).
 * @returns false when they had none; null when nobody has that e-mail address.
 */
export async function resetSecondFactor(email: string): Promise<boolean | null> {
  const userId = await idOf(email);
  if (!userId) return null;
  return transactSystem(async (tx) => {
    const had = await takeSecondFactor(tx, userId);
    await tellBusinesses(tx, { userId, email }, had ? "member.second-factor-reset" : "member.signed-out");
    return had;
  });
}
