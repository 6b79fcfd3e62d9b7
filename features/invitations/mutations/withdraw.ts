import "server-only";
import { recordAudit } from "@/features/audit/record";
import { requireRole } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { transact } from "@/lib/db";
import { notFound } from "@/lib/errors";

/**
 * Takes an invitation back: its code opens nothing any more.
 * @throws AppError FORBIDDEN for anyone but an owner; NOT_FOUND, also when the person has joined by now.
 */
export async function withdrawInvitation(scope: BusinessScope, userId: string): Promise<void> {
  requireRole(scope, "OWNER");
  const { businessId } = scope;
  await transact(scope, async (tx) => {
    const invitation = await tx.invitation.findUnique({ where: { businessId_userId: { businessId, userId } } });
    const withdrawn = await tx.invitation.deleteMany({ where: { businessId, userId } });
    if (!invitation || withdrawn.count === 0) throw notFound("invitation in this business");
    await recordAudit(tx, scope, {
      at: new Date(),
      action: "member.invitation-withdrawn",
      subjectKind: "member",
      subjectId: userId,
      before: { email: invitation.email, role: invitation.role },
    });
  });
}
