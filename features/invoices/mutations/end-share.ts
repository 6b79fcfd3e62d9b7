import "server-only";
import { recordAudit } from "@/features/audit/record";
import { systemScope } from "@/features/businesses/gate";
import type { GivenUp, SharedInvoice } from "@/features/invoices/mutations/plan-share";
import { transact } from "@/lib/db";
import type { Jobs } from "@/lib/jobs";

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;

/**
 * How long a share waits for a payment to end, in milliseconds: half a minute to a quarter of an hour, the longer the longer it has
 * waited. A payment may be answered in minutes, or in weeks. Few shares meet a payment, and each look costs milliseconds.
 */
export function waitToShareAgain({ updatedAt }: SharedInvoice, now: Date): number {
  const age = now.getTime() - updatedAt.getTime();
  return Math.min(Math.max(age / 2, MINUTE_MS / 2), LONGEST_WAIT_MS);
}

const REASONS: Record<GivenUp, string> = {
  paid: "it is paid already in their books",
  overpaid: "more than its new amount is paid already in their books",
  "number-paid": "their books have another invoice under its number, and money is paid on that one",
  taken: "their books have another invoice under its id",
};

/** Says in the sender's history, once for each version, why the other party's books don't have what it shows. */
export async function giveUp(source: SharedInvoice, why: GivenUp, task: keyof Jobs, now: Date): Promise<void> {
  const scope = await systemScope(source.businessId, task);
  const entry = { action: "invoice.share-given-up", subjectKind: "invoice", subjectId: source.id } as const;
  const after = { version: source.version, reason: REASONS[why] };
  await transact(scope, async (tx) => {
    const written = await tx.auditEvent.count({
      where: { businessId: scope.businessId, ...entry, after: JSON.stringify(after) },
    });
    if (written === 0) await recordAudit(tx, scope, { at: now, ...entry, after });
  });
}
