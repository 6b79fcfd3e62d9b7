import "server-only";
import { recordAudit } from "@/features/audit/record";
import { findMember } from "@/features/businesses/data";
import { requireRole } from "@/features/businesses/gate";
import { assertNotLastOwner, lockOwners } from "@/features/businesses/mutations/lock-owners";
import type { RoleName } from "@/features/businesses/rules";
import type { MemberView } from "@/features/businesses/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { endInvitationsOf } from "@/features/invitations/mutations/end-of-owner";
import { transact } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";

/**
 * Changes a member's role. With the owner's role the invitations that they sent end.
 * @throws AppError FORBIDDEN for anyone but an owner; NOT_FOUND; CONFLICT for the last owner, or when someone else changed it meanwhile.
 */
export async function changeRole(scope: BusinessScope, userId: string, role: RoleName): Promise<MemberView> {
  requireRole(scope, "OWNER");
  return transact(scope, async (tx) => {
    const owners = await lockOwners(tx, scope);
    const member = await findMember(tx, scope, userId);
    if (!member) throw notFound("person in this business");
    if (member.role === role) return member;
    assertNotLastOwner(owners, userId);
    const where = { businessId: scope.businessId, userId, role: member.role };
    const changed = await tx.membership.updateMany({ where, data: { role } });
    if (changed.count === 0) throw new AppError("CONFLICT", "Someone else has just changed this person's role.");
    const now = new Date();
    await recordAudit(tx, scope, {
      at: now,
      action: "member.role-changed",
      subjectKind: "member",
      subjectId: userId,
      before: { email: member.email, role: member.role },
      after: { email: member.email, role },
    });
    if (role !== "OWNER") await endInvitationsOf(tx, scope, member, now);
    return { ...member, role };
  });
}
