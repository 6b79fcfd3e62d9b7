import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Tx } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";

export interface AuditEntry {
  /** What was done: `payment.created`, `payment.accepted`, `api-key.revoked` … */
  action: string;
  subjectKind: "payment" | "invoice" | "counterparty" | "api-key" | "member" | "business" | "message";
  subjectId: string;
  before?: unknown;
  after?: unknown;
  /** When it happened, by the caller's clock. */
  at: Date;
}

/** Writes one line of the audit trail in the transaction that makes the change, so that neither exists without the other. */
export async function recordAudit(tx: Tx, scope: BusinessScope, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.createMany({
    data: [
      {
        businessId: scope.businessId,
        // The trail is read in the order of its ids (features/activity), so an id is of the time it tells of.
        id: uuidv7(entry.at.getTime()),
        at: entry.at,
        actorKind: scope.actor.kind,
        actorId: scope.actor.id,
        actorName: scope.actor.name,
        action: entry.action,
        subjectKind: entry.subjectKind,
        subjectId: entry.subjectId,
        before: entry.before === undefined ? null : JSON.stringify(entry.before),
        after: entry.after === undefined ? null : JSON.stringify(entry.after),
      },
    ],
  });
}
