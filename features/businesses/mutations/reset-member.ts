import "server-only";
import { handOutPassword, mintSpoken, passwordHash, takeSecondFactor } from "@/features/accounts/credentials";
import { recordAudit } from "@/features/audit/record";
import { findMember } from "@/features/businesses/data";
import { requireRole } from "@/features/businesses/gate";
import { holdUpHandOut } from "@/features/businesses/pace";
import type { ResetMemberInput } from "@/features/businesses/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { lockAccount } from "@/lib/account-lock";
import { transactSystem } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";

/**
 * Gives one of the business's people, who can't sign in any more, a new first password, and takes their two-step sign-in away where
 * that is asked for. They are signed out everywhere. Whoever also belongs to another business is the operator's to help: an owner
 * could enter that one in their name.
 * @returns the password, told this once
 * @throws AppError FORBIDDEN for anyone but an owner; NOT_FOUND; CONFLICT for oneself, and for people of other businesses; RATE_LIMITED.
 */
export async function resetMember(
  scope: BusinessScope,
  userId: string,
  { removeSecondFactor }: ResetMemberInput,
): Promise<{ firstPassword: string }> {
  requireRole(scope, "OWNER");
  if (userId === scope.actor.id) throw new AppError("CONFLICT", "Your own password you change under Your account.");
  holdUpHandOut(scope.actor.id, new Date());
  const firstPassword = mintSpoken();
  const hash = await passwordHash(firstPassword);
  await transactSystem(async (tx) => {
    // They join no other business meanwhile.
    await lockAccount(tx, userId);
    const member = await findMember(tx, scope, userId);
    if (!member) throw notFound("person in this business");
    if ((await tx.membership.count({ where: { userId, businessId: { not: scope.businessId } } })) > 0)
      throw new AppError(
        "CONFLICT",
        "This person's account isn't this business's alone. Only whoever runs this portal can give them a new password.",
      );
    await handOutPassword(tx, userId, hash);
    if (removeSecondFactor) await takeSecondFactor(tx, userId);
    await recordAudit(tx, scope, {
      at: new Date(),
      action: "member.password-reset",
      subjectKind: "member",
      subjectId: userId,
      after: { email: member.email, secondFactorRemoved: removeSecondFactor },
    });
  });
  return { firstPassword };
}
