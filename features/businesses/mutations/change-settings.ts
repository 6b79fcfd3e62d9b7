import "server-only";
import { recordAudit } from "@/features/audit/record";
import { requireRole } from "@/features/businesses/gate";
import type { BusinessSettings } from "@/features/businesses/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { operatorAsksForSecondFactor } from "@/features/businesses/second-factor";
import { type Tx, transactSystem } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Paise } from "@/lib/money";

/**
 * Changes what a business asks of its people: all that is given, or nothing of it. It holds from their next request on.
 * @throws AppError FORBIDDEN for anyone but an owner; CONFLICT as the parts of it say.
 */
export async function changeSettings(scope: BusinessScope, settings: BusinessSettings): Promise<void> {
  requireRole(scope, "OWNER");
  const { requireSecondFactor, approvalFromPaise } = settings;
  // As the system: in its own books a business's row may be read, but not written.
  await transactSystem(async (tx) => {
    if (requireSecondFactor !== undefined) await askForSecondFactor(tx, scope, requireSecondFactor);
    if (approvalFromPaise !== undefined) await askForApproval(tx, scope, approvalFromPaise);
  });
}

/**
 * Whether everyone in the business needs two-step sign-in: who has none is led to set it up.
 * @throws AppError CONFLICT for an owner who has none themselves, and for one who would leave it to everyone where the portal's operator
 * asks for it.
 */
async function askForSecondFactor(tx: Tx, scope: BusinessScope, required: boolean): Promise<void> {
  if (!required && operatorAsksForSecondFactor())
    throw new AppError("CONFLICT", "Whoever runs this portal asks two-step sign-in of everyone.");
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
}

/**
 * From which amount on a payment needs a second person's approval (docs/decisions/040); null: none does. What waits already goes on
 * waiting, whatever the rule is now.
 * @throws AppError CONFLICT while fewer than two people could make and approve payments.
 */
async function askForApproval(tx: Tx, scope: BusinessScope, from: Paise | null): Promise<void> {
  const { businessId } = scope;
  // Locked, so that of two owners who change it at once each says what it was before.
  await tx.$executeRaw`SELECT 1 FROM business WHERE id = ${businessId}::uuid FOR UPDATE`;
  const { approvalFrom: before } = await tx.business.findUniqueOrThrow({
    where: { id: businessId },
    select: { approvalFrom: true },
  });
  const held = before === null ? null : Number(before);
  if (held === from) return;
  const payers = await tx.membership.count({ where: { businessId, role: { in: ["OWNER", "FINANCE"] } } });
  if (from !== null && payers < 2)
    throw new AppError("CONFLICT", "Somebody else needs the finance or owner role first, to approve what you pay.");
  await tx.business.update({ where: { id: businessId }, data: { approvalFrom: from } });
  await recordAudit(tx, scope, {
    at: new Date(),
    action: "business.approval-changed",
    subjectKind: "business",
    subjectId: businessId,
    before: { approvalFromPaise: held },
    after: { approvalFromPaise: from },
  });
}
