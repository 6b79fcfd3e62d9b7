import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { PARTY_CHANGED } from "@/features/counterparties/row";
import { changeOf, type Party } from "@/features/counterparties/rules";
import type { Tx } from "@/lib/db";

/** Tells the audit trail what changed about a party, in the transaction that changes it; no account number in full. */
export async function recordPartyChange(
  tx: Tx,
  scope: BusinessScope,
  { b2bId, ...change }: { b2bId: string; before: Party; after: Party },
  now: Date,
): Promise<void> {
  const [before, after] = changeOf(change.before, change.after);
  const subject = { subjectKind: "counterparty", subjectId: b2bId } as const;
  await recordAudit(tx, scope, { at: now, action: PARTY_CHANGED, ...subject, before, after });
}
