import "server-only";
import { businessName } from "@/features/businesses/rules";
import type { BusinessScope } from "@/features/businesses/scope";
import { prisma } from "@/lib/db";

/** Whether a slug or B2B ID names the scope's own business. */
export async function isBusiness(scope: BusinessScope, slugOrB2bId: string): Promise<boolean> {
  const slug = businessName(slugOrB2bId);
  if (slug === scope.b2bId) return true;
  const where = { id: scope.businessId, slug };
  return (await prisma.business.count({ where })) === 1;
}
