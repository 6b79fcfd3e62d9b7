import "server-only";
import { operatorScope } from "@/features/businesses/gate";
import type { RoleName } from "@/features/businesses/rules";
import type { BusinessScope } from "@/features/businesses/scope";
import { system } from "@/lib/db";
import { notFound } from "@/lib/errors";

/*
 * What the operator of an installation sees and enters by, at the server's own terminal (npm run admin). It spans businesses and asks
 * for no sign-in, so no page or route may import it.
 */

/** A business that this portal hosts, with its people. */
export interface HostedBusiness {
  slug: string;
  b2bId: string;
  legalName: string;
  members: { name: string; email: string; role: RoleName }[];
}

/** All businesses that this portal hosts. */
export async function listHostedBusinesses(): Promise<HostedBusiness[]> {
  const members = {
    select: { role: true, user: { select: { name: true, email: true } } },
    orderBy: { createdAt: "asc" },
  } as const;
  const businesses = await system.business.findMany({
    select: { slug: true, b2bId: true, legalName: true, memberships: members },
    orderBy: { slug: "asc" },
  });
  return businesses.map(({ memberships, ...business }) => ({
    ...business,
    members: memberships.map(({ role, user }) => ({ ...user, role })),
  }));
}

/**
 * The operator's right in the business that has this slug or B2B ID.
 * @throws AppError NOT_FOUND.
 */
export async function operatorGate(slugOrB2bId: string): Promise<BusinessScope> {
  const where = { OR: [{ slug: slugOrB2bId }, { b2bId: slugOrB2bId }] };
  const business = await system.business.findFirst({ where, select: { id: true, b2bId: true } });
  if (!business) throw notFound("business");
  return operatorScope(business);
}
