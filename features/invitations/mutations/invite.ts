import "server-only";
import { recordAudit } from "@/features/audit/record";
import { requireRole } from "@/features/businesses/gate";
import { lockOwners } from "@/features/businesses/mutations/lock-owners";
import { alreadyIn, type RoleName } from "@/features/businesses/rules";
import type { BusinessScope } from "@/features/businesses/scope";
import { CODE_LIFETIME_MS, mintCode } from "@/features/invitations/code";
import { toInvitation } from "@/features/invitations/data";
import type { InvitationView } from "@/features/invitations/schema";
import { lockAccount } from "@/lib/account-lock";
import { transactSystem } from "@/lib/db";

/**
 * Offers a place in the business to someone who has an account, for whoever gives the code that comes back, this once. An invitation
 * that they had from the business is replaced, and its code void.
 * @throws AppError FORBIDDEN for anyone but an owner; CONFLICT when they are in already.
 */
export async function invite(
  scope: BusinessScope,
  { email, role }: { email: string; role: RoleName },
  now: Date,
): Promise<{ invitation: InvitationView; joiningCode: string }> {
  requireRole(scope, "OWNER");
  const { businessId, actor } = scope;
  const { code, hash } = mintCode();
  return transactSystem(async (tx) => {
    // Whoever takes the owner's role from them at this moment ends this invitation too, or it isn't made.
    await lockOwners(tx, scope);
    const { id: userId } = await tx.user.findUniqueOrThrow({ where: { email }, select: { id: true } });
    const key = { businessId, userId };
    // Whoever gives the code of an earlier invitation at this moment is in first, and is not invited, or finds that code void.
    await lockAccount(tx, userId);
    if (await tx.membership.findUnique({ where: { businessId_userId: key } })) throw alreadyIn();
    const expiresAt = new Date(now.getTime() + CODE_LIFETIME_MS);
    const offer = { email, role, codeHash: hash, invitedBy: actor.name, createdAt: now, expiresAt };
    const invitation = await tx.invitation.upsert({
      where: { businessId_userId: key },
      create: { ...key, ...offer },
      update: offer,
    });
    await recordAudit(tx, scope, {
      at: now,
      action: "member.invited",
      subjectKind: "member",
      subjectId: userId,
      after: { email, role },
    });
    return { invitation: toInvitation(invitation, actor.id), joiningCode: code };
  });
}
