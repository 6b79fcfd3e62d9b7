import "server-only";
import type { SUBJECT_KINDS } from "@/features/audit/rules";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Tx } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import { KEPT_PLAN } from "@/lib/kept-plans";

export interface AuditEntry {
  /** What was done: `payment.created`, `payment.accepted`, `api-key.revoked` … */
  action: string;
  subjectKind: (typeof SUBJECT_KINDS)[number];
  subjectId: string;
  before?: unknown;
  after?: unknown;
  /** When it happened, by the caller's clock. */
  at: Date;
}

/** Writes one line of the audit trail in the transaction that makes the change, so that neither exists without the other. */
export function recordAudit(tx: Tx, scope: BusinessScope, entry: AuditEntry): Promise<void> {
  return recordAudits(tx, scope, [entry]);
}

/** As `recordAudit`, of several changes. */
export async function recordAudits(tx: Tx, scope: BusinessScope, entries: readonly AuditEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    // The trail is read in the order of its ids (features/activity), so an id is of the time it tells of.
    id: uuidv7(entry.at.getTime()),
    at: entry.at,
    action: entry.action,
    subject_kind: entry.subjectKind,
    subject_id: entry.subjectId,
    before: entry.before === undefined ? null : JSON.stringify(entry.before),
    after: entry.after === undefined ? null : JSON.stringify(entry.after),
  }));
  const { kind, id, name } = scope.actor;
  await tx.$executeRaw`${KEPT_PLAN}
    INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after)
    SELECT ${scope.businessId}::uuid, id, at, ${kind}::actor_kind, ${id}, ${name}, action, subject_kind, subject_id, before, after
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS entry (id uuid, at timestamptz, action text, subject_kind text, subject_id text, before text, after text)`;
}
