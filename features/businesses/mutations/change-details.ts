import "server-only";
import { recordAudit } from "@/features/audit/record";
import {
  BUSINESS_DETAILS,
  type BusinessDetails,
  detailsChange,
  detailsChangeWords,
} from "@/features/businesses/details";
import type { BusinessScope } from "@/features/businesses/scope";
import { transactSystem } from "@/lib/db";

const select = Object.fromEntries(BUSINESS_DETAILS.map((name) => [name, true])) as Record<keyof BusinessDetails, true>;

/**
 * Corrects what a business says of itself, for the operator, who has seen the papers. Businesses that know it keep what they have until
 * somebody there takes the new details over (docs/decisions/031).
 * @param changes what is left out stays; null takes away what a business can be without
 * @returns what changed, in words; null when it says all of that already
 */
export async function changeDetails(
  scope: BusinessScope,
  changes: Partial<BusinessDetails>,
  now: Date,
): Promise<string | null> {
  const where = { id: scope.businessId };
  // As the system: in its own books a business's row may be read, but not written.
  return transactSystem(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM business WHERE id = ${scope.businessId}::uuid FOR NO KEY UPDATE`;
    const was = await tx.business.findUniqueOrThrow({ where, select });
    const change = detailsChange(was, { ...was, ...changes });
    if (!change) return null;
    const [before, after] = change;
    await tx.business.update({ where, data: changes });
    await recordAudit(tx, scope, {
      at: now,
      action: "business.changed",
      subjectKind: "business",
      subjectId: scope.businessId,
      before,
      after,
    });
    return detailsChangeWords(before, after);
  });
}
