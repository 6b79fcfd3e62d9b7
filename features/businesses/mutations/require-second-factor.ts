import "server-only";
import { recordAudit } from "@/features/audit/record";
import { requireRole } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { operatorAsksForSecondFactor } from "@/features/businesses/second-factor";
import { transactSystem } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * Says whether everyone in the business needs two-step sign-in. It holds from their next request on: who has none is led to set it up.
 * @throws AppError FORBIDDEN for anyone but an owner; CONFLICT for an owner who has none themselves, and for one who would leave it to
 * everyone where the portal's operator asks for it.
 */
export async function requireSecondFactor(scope: BusinessScope, required: boolean): Promise<void> {
  requireRole(scope, "OWNER");
  if (!required && operatorAsksForSecondFactor())
    throw new AppError("CONFLICT", "Whoever runs this portal asks two-step sign-in of everyone.");
  // As the system: in its own books a business's row may be read, but not written.
  await transactSystem(async (tx) => {
    const hasOne = { OR: [{ twoFactorEnabled: true }, { passkeys: { some: {} } }] };
    if (required && (await tx.user.count({ where: { id: scope.actor.id, ...hasOne } })) === 0)
      throw new AppError("CONFLICT", "Set up two-step sign-in or a passkey for yourself first, under Your account.");
    const where = { id: scope.businessId, requireSecondFactor: !required };
    const changed = await tx.business.updateMany({ where, data: { requireSecondFactor: required } });
    if (changed.count === 0) return;
    await recordAudit(tx, scope, {
      at: new Date(),
      action: "business.second-factor-changed",
      subjectKind: "business",
      subjectId: scope.businessId,
      before: { requireSecondFactor: !required },
      after: { requireSecondFactor: required },
    });
  });
}
