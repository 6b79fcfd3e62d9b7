import "server-only";
import { hostedBusiness } from "@/features/businesses/hosted";
import { businessName, mayAct, type RoleName, refusalWords } from "@/features/businesses/rules";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { asksForSecondFactor } from "@/features/businesses/second-factor";
import { requireUser } from "@/features/businesses/session";
import { system } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { logger } from "@/lib/logger";

const SECOND_FACTOR_WORDS =
  "This business asks for two-step sign-in. Set it up under Your account, or sign in with a passkey.";

/** Someone else's business, one that there isn't, and one that its caller was taken out of a moment ago: the same words for all. */
export const noneOfYours = () =>
  new AppError("NOT_FOUND", "There is no such business, or you don't belong to it any more.");

/**
 * The signed-in person's right to act in one business, named by its slug or its B2B ID.
 * @throws AppError UNAUTHENTICATED; NOT_FOUND alike for someone else's business and for none; FORBIDDEN when the business asks for a
 * second factor that the person has not set up.
 */
export async function businessGate(headers: Headers, slugOrB2bId: string): Promise<BusinessScope> {
  const user = await requireUser(headers);
  const business = businessName(slugOrB2bId);
  const membership = await system.membership.findFirst({
    where: { userId: user.id, business: { OR: [{ slug: business }, { b2bId: business }] } },
    select: { businessId: true, role: true, business: { select: { b2bId: true, requireSecondFactor: true } } },
  });
  if (!membership) {
    logger.info({ event: "access refused", userId: user.id, business }, "not a member of this business");
    throw noneOfYours();
  }
  const { businessId, role, business: found } = membership;
  if (asksForSecondFactor(found) && !user.hasSecondFactor) throw new AppError("FORBIDDEN", SECOND_FACTOR_WORDS);
  return mintScope({ businessId, b2bId: found.b2bId, actor: { kind: "USER", id: user.id, name: user.name }, role });
}

/**
 * Checks that the scope's holder may do what needs a role: OWNER ⊇ FINANCE ⊇ VIEWER.
 * @throws AppError FORBIDDEN, in words that say whom to ask.
 */
export function requireRole(scope: BusinessScope, needed: RoleName): void {
  if (mayAct(scope.role, needed)) return;
  const { actor, businessId, role } = scope;
  logger.info({ event: "access refused", actor: actor.id, businessId, role, needed }, "not with this role");
  throw new AppError("FORBIDDEN", refusalWords(needed));
}

/**
 * The right of the network to act in the business that a message names; null when no such business is hosted here. The caller's
 * credential must have been checked before: this only finds the business.
 */
export async function networkScope(b2bId: string, operation: string): Promise<BusinessScope | null> {
  const business = await hostedBusiness(b2bId);
  if (!business) return null;
  const actor = { kind: "NETWORK", id: operation, name: "Bharat Connect" } as const;
  return mintScope({ businessId: business.id, b2bId: business.b2bId, actor, role: "FINANCE" });
}

/**
 * The right of one of the portal's own tasks to act in a business.
 * @throws AppError NOT_FOUND when there is no such business.
 */
export async function systemScope(businessId: string, task: string): Promise<BusinessScope> {
  const business = await system.business.findUnique({ where: { id: businessId }, select: { b2bId: true } });
  if (!business) throw notFound("business");
  const actor = { kind: "SYSTEM", id: task, name: "Chukta" } as const;
  return mintScope({ businessId, b2bId: business.b2bId, actor, role: "FINANCE" });
}

/** The operator's right (npm run admin) in a business; no gate stands before it but access to the server itself. */
export function operatorScope(business: { id: string; b2bId: string }): BusinessScope {
  const actor = { kind: "SYSTEM", id: "operator", name: "Operator" } as const;
  return mintScope({ businessId: business.id, b2bId: business.b2bId, actor, role: "OWNER" });
}
