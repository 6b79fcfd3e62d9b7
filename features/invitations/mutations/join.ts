import "server-only";
import { recordAudit } from "@/features/audit/record";
import { codeHash } from "@/features/invitations/code";
import type { Invited } from "@/features/invitations/gate";
import type { Joined, JoinInput } from "@/features/invitations/schema";
import { lockAccount } from "@/lib/account-lock";
import { transactSystem } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * Makes the invited person a member, for the code that an owner told them. It counts once.
 * @throws AppError INVALID for another code, or an old one; UNAUTHENTICATED when their session has ended meanwhile.
 */
export async function joinBusiness({ scope, sessionId, slug }: Invited, input: JoinInput, now: Date): Promise<Joined> {
  const { businessId, actor } = scope;
  const key = { businessId, userId: actor.id };
  return transactSystem(async (tx) => {
    // Whoever had the account's password changed would have it now, and has been told no code (features/businesses/mutations/reset-member.ts).
    await lockAccount(tx, actor.id);
    if ((await tx.session.count({ where: { id: sessionId, userId: actor.id } })) === 0)
      throw new AppError("UNAUTHENTICATED", "Please sign in again.");
    const invitation = await tx.invitation.findUnique({ where: { businessId_userId: key } });
    const taken = await tx.invitation.deleteMany({
      where: { ...key, codeHash: codeHash(input.code), expiresAt: { gt: now } },
    });
    if (!invitation || taken.count === 0) {
      const message = "That isn't the code, or it isn't good any more. Ask the owner who told you for a new one.";
      throw new AppError("INVALID", message, [{ path: "code", message, code: "WRONG_CODE" }]);
    }
    const { role, email, invitedBy } = invitation;
    await tx.membership.createMany({ data: [{ ...key, role }], skipDuplicates: true });
    await recordAudit(tx, scope, {
      at: now,
      action: "member.joined",
      subjectKind: "member",
      subjectId: actor.id,
      after: { email, role, invitedBy },
    });
    return { slug, role };
  });
}
