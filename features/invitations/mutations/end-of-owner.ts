import "server-only";
import { z } from "zod";
import { recordAudits } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Tx } from "@/lib/db";

const endedRows = z.array(z.object({ userId: z.string(), email: z.string(), role: z.string() }));

/**
 * Ends the invitations of somebody who is an owner no longer: letting people in was theirs as an owner alone, and their codes would let in
 * whomever they told them. An invitation keeps its owner's name; who that was stands in the audit trail, where names may be alike.
 */
export async function endInvitationsOf(
  tx: Tx,
  scope: BusinessScope,
  owner: { userId: string; email: string },
  now: Date,
): Promise<void> {
  const ended = endedRows.parse(
    await tx.$queryRaw`
      DELETE FROM invitation WHERE business_id = ${scope.businessId}::uuid AND EXISTS (
        SELECT FROM audit_event
         WHERE audit_event.business_id = ${scope.businessId}::uuid AND subject_kind = 'member'
           AND subject_id = invitation.user_id::text AND at = invitation.created_at
           AND action = 'member.invited' AND actor_kind = 'USER' AND actor_id = ${owner.userId})
      RETURNING user_id AS "userId", email, role::text`,
  );
  if (ended.length === 0) return;
  await recordAudits(
    tx,
    scope,
    ended.map(({ userId, email, role }) => ({
      at: now,
      action: "member.invitation-withdrawn",
      subjectKind: "member",
      subjectId: userId,
      before: { email, role },
      after: { sentBy: owner.email },
    })),
  );
}
