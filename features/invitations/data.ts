import "server-only";
import type { RoleName } from "@/features/businesses/rules";
import type { BusinessScope } from "@/features/businesses/scope";
import type { InvitationView } from "@/features/invitations/schema";
import { books, system } from "@/lib/db";

interface InvitationRow {
  userId: string;
  email: string;
  role: RoleName;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
}

/** An invitation as its business sees it. */
export function toInvitation(row: InvitationRow, inviterId: string | null): InvitationView {
  const { userId, email, role, invitedBy, createdAt, expiresAt } = row;
  return {
    userId,
    email,
    role,
    invitedBy,
    inviterId,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

/** Whom the business has invited and who hasn't joined yet, by address; those whose codes have run out among them. */
export async function listInvitations(scope: BusinessScope): Promise<InvitationView[]> {
  const { businessId } = scope;
  const rows = await books(scope).invitation.findMany({
    where: { businessId },
    orderBy: [{ email: "asc" }, { userId: "asc" }],
  });
  // An invitation keeps its owner's name, and names may be alike: who that was stands in the audit trail.
  const sent = await books(scope).auditEvent.findMany({
    where: {
      businessId,
      subjectKind: "member",
      subjectId: { in: rows.map(({ userId }) => userId) },
      action: "member.invited",
      actorKind: "USER",
    },
    select: { subjectId: true, at: true, actorId: true },
  });
  return rows.map((row) => {
    const event = sent.find(
      ({ subjectId, at }) => subjectId === row.userId && at.getTime() === row.createdAt.getTime(),
    );
    return toInvitation(row, event?.actorId ?? null);
  });
}

/** A business that would let a person in, as they see it. */
export interface MyInvitation {
  slug: string;
  name: string;
  role: RoleName;
  invitedBy: string;
}

/** The invitations of a person whose codes are still good, by business. */
export async function listMyInvitations(userId: string, now: Date): Promise<MyInvitation[]> {
  const rows = await system.invitation.findMany({
    where: { userId, expiresAt: { gt: now } },
    select: { role: true, invitedBy: true, business: { select: { slug: true, tradeName: true } } },
    orderBy: [{ business: { tradeName: "asc" } }, { businessId: "asc" }],
  });
  return rows.map(({ business, ...row }) => ({ ...row, slug: business.slug, name: business.tradeName }));
}
