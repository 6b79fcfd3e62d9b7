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
export function toInvitation({ userId, email, role, invitedBy, createdAt, expiresAt }: InvitationRow): InvitationView {
  return { userId, email, role, invitedBy, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

/** Whom the business has invited and who hasn't joined yet, by address; those whose codes have run out among them. */
export async function listInvitations(scope: BusinessScope): Promise<InvitationView[]> {
  const rows = await books(scope).invitation.findMany({
    where: { businessId: scope.businessId },
    orderBy: [{ email: "asc" }, { userId: "asc" }],
  });
  return rows.map(toInvitation);
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
