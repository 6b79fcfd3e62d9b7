import "server-only";
import { recordAudit } from "@/features/audit/record";
import { findMember } from "@/features/businesses/data";
import { requireRole } from "@/features/businesses/gate";
import { assertNotLastOwner, lockOwners } from "@/features/businesses/mutations/lock-owners";
import type { BusinessScope } from "@/features/businesses/scope";
import { endInvitationsOf } from "@/features/invitations/mutations/end-of-owner";
import { transact } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";

/**
 * Takes a person out of the business; their account, and their place in other businesses, stay. They are out at their next request,
 * and the invitations that they sent end.
 * @throws AppError FORBIDDEN for anyone but an owner; NOT_FOUND; CONFLICT for the last owner, or when their role changed meanwhile.
 */
export async function removeMember(scope: BusinessScope, userId: string): Promise<void> {
  requireRole(scope, "OWNER");
  await transact(scope, async (tx) => {
    const owners = await lockOwners(tx, scope);
    const member = await findMember(tx, scope, userId);
    if (!member) throw notFound("person in this business");
    assertNotLastOwner(owners, userId);
    const { email, role } = member;
    const removed = await tx.membership.deleteMany({ where: { businessId: scope.businessId, userId, role } });
    if (removed.count === 0) throw new AppError("CONFLICT", "Someone else has just changed this person's role.");
    const before = { email, role };
    const now = new Date();
    await recordAudit(tx, scope, {
      at: now,
      action: "member.removed",
      subjectKind: "member",
      subjectId: userId,
      before,
    });
    await endInvitationsOf(tx, scope, member, now);
  });
}
