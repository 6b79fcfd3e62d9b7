import "server-only";
import { businessName, type RoleName } from "@/features/businesses/rules";
import type { BusinessView, MemberView } from "@/features/businesses/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { asksForSecondFactor } from "@/features/businesses/second-factor";
import { books, system, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { paise } from "@/lib/money";

/** Whether a slug or B2B ID names the scope's own business. */
export async function isBusiness(scope: BusinessScope, slugOrB2bId: string): Promise<boolean> {
  const slug = businessName(slugOrB2bId);
  if (slug === scope.b2bId) return true;
  const where = { id: scope.businessId, slug };
  return (await books(scope).business.count({ where })) === 1;
}

/** A business that a person belongs to, as the switcher lists it. */
export interface MyBusiness {
  slug: string;
  b2bId: string;
  name: string;
  role: RoleName;
  requireSecondFactor: boolean;
}

/** The businesses a person belongs to, by name. */
export async function listMyBusinesses(userId: string): Promise<MyBusiness[]> {
  const memberships = await system.membership.findMany({
    where: { userId },
    select: {
      role: true,
      business: { select: { slug: true, b2bId: true, tradeName: true, requireSecondFactor: true } },
    },
    orderBy: [{ business: { tradeName: "asc" } }, { businessId: "asc" }],
  });
  return memberships.map(({ role, business }) => ({
    slug: business.slug,
    b2bId: business.b2bId,
    name: business.tradeName,
    role,
    requireSecondFactor: asksForSecondFactor(business),
  }));
}

/** The scope's own business. */
export async function getBusiness(scope: BusinessScope): Promise<BusinessView> {
  const business = await books(scope).business.findUnique({
    where: { id: scope.businessId },
    select: {
      slug: true,
      b2bId: true,
      legalName: true,
      tradeName: true,
      gstin: true,
      pan: true,
      msmeClass: true,
      requireSecondFactor: true,
      approvalFrom: true,
    },
  });
  if (!business) throw notFound("business");
  const { approvalFrom, ...rest } = business;
  return {
    ...rest,
    requireSecondFactor: asksForSecondFactor(business),
    approvalFromPaise: approvalFrom === null ? null : paise(approvalFrom),
  };
}

const memberSelect = {
  userId: true,
  role: true,
  createdAt: true,
  user: { select: { name: true, email: true, mustChangePassword: true } },
} as const;

interface MemberRow {
  userId: string;
  role: RoleName;
  createdAt: Date;
  user: { name: string; email: string; mustChangePassword: boolean };
}

function toMember({ userId, role, createdAt, user }: MemberRow): MemberView {
  const { name, email, mustChangePassword } = user;
  return { userId, name, email, role, since: createdAt.toISOString(), signedInBefore: !mustChangePassword };
}

/** The business's people, by name. */
export async function listMembers(scope: BusinessScope): Promise<MemberView[]> {
  const rows = await books(scope).membership.findMany({
    where: { businessId: scope.businessId },
    select: memberSelect,
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  return rows.map(toMember);
}

/** One of the business's people, as the transaction sees them; null when they are no member. */
export async function findMember(tx: Tx, scope: BusinessScope, userId: string): Promise<MemberView | null> {
  const where = { businessId_userId: { businessId: scope.businessId, userId } };
  const row = await tx.membership.findUnique({ where, select: memberSelect });
  return row && toMember(row);
}
