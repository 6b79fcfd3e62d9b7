import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Tx } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";

export interface AuditEntry {
  /** What was done: `payment.created`, `payment.accepted`, `api-key.revoked` … */
  action: string;
  subjectKind: "payment" | "invoice" | "api-key" | "member" | "business" | "message";
  subjectId: string;
  before?: unknown;
  after?: unknown;
  /** When it happened; now, unless the caller's clock says otherwise. */
  at?: Date;
}

/** Writes one line of the audit trail in the transaction that makes the change, so that neither exists without the other. */
export async function recordAudit(tx: Tx, scope: BusinessScope, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.createMany({
    data: [
      {
        businessId: scope.businessId,
        id: uuidv7(),
        at: entry.at ?? new Date(),
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
