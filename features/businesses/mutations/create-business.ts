import "server-only";
import { recordAudit } from "@/features/audit/record";
import { operatorScope } from "@/features/businesses/gate";
import type { NewBusiness } from "@/features/businesses/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { queueSharesWith } from "@/features/invoices/mutations/queue-share";
import { transactSystem } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { uuidv7 } from "@/lib/ids";

/**
 * Lets a business in, for the operator. It has no members yet; what businesses here have open with it already is shown to it.
 * @throws AppError CONFLICT when its slug or B2B ID is taken.
 */
export async function createBusiness(business: NewBusiness): Promise<BusinessScope> {
  const id = uuidv7();
  const scope = operatorScope({ id, b2bId: business.b2bId });
  await transactSystem(async (tx) => {
    const made = await tx.business.createMany({ data: [{ id, ...business }], skipDuplicates: true });
    if (made.count === 0) {
      throw new AppError("CONFLICT", `There is already a business named ${business.slug} or with ${business.b2bId}.`);
    }
    const { slug, b2bId, legalName } = business;
    const after = { slug, b2bId, legalName };
    await recordAudit(tx, scope, {
      at: new Date(),
      action: "business.created",
      subjectKind: "business",
      subjectId: id,
      after,
    });
    await queueSharesWith(tx, { b2bId });
  });
  return scope;
}
