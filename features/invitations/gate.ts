import "server-only";
import { businessName } from "@/features/businesses/rules";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { requireUser } from "@/features/businesses/session";
import { system } from "@/lib/db";
import { notFound } from "@/lib/errors";

/** The right of someone who is invited to do one thing in the business: to join it. */
export interface Invited {
  scope: BusinessScope;
  sessionId: string;
  slug: string;
}

/**
 * Finds the signed-in person's invitation to the business, named by its slug or its B2B ID.
 * @throws AppError UNAUTHENTICATED; FORBIDDEN while they still have to choose a password; NOT_FOUND alike for a business that didn't
 * invite them and for none.
 */
export async function invitationGate(headers: Headers, slugOrB2bId: string): Promise<Invited> {
  const user = await requireUser(headers);
  const business = businessName(slugOrB2bId);
  const found = await system.invitation.findFirst({
    where: { userId: user.id, business: { OR: [{ slug: business }, { b2bId: business }] } },
    select: { businessId: true, business: { select: { b2bId: true, slug: true } } },
  });
  if (!found) throw notFound("invitation");
  const { businessId, business: inviting } = found;
  const actor = { kind: "USER", id: user.id, name: user.name } as const;
  return {
    scope: mintScope({ businessId, b2bId: inviting.b2bId, actor, role: "VIEWER" }),
    sessionId: user.sessionId,
    slug: inviting.slug,
  };
}
