import "server-only";
import { z } from "zod";
import { OPEN } from "@/features/invoices/filters";
import { type Tx, transact } from "@/lib/db";
import { addJob, type Jobs } from "@/lib/jobs";

/** The most invoices that one transaction renames: each is written anew into a dozen indexes, which takes 0.1 to 0.2 ms. */
export const RENAMED_AT_ONCE = 5_000;

/** Before every id. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Enough for an outage of four days; the queue waits exp(attempt) seconds, six hours at most. */
const ATTEMPTS = 25;

const lastRow = z.array(z.object({ id: z.string() })).max(1);
const partyRow = z.array(z.object({ name: z.string() })).max(1);

/**
 * Gives what is still open with a party, or may be again, the party's new name: people look for it there. What is settled keeps the name
 * that it was settled under, and so do payments. Where there is more than one transaction should hold, a job goes on after it. The rows
 * are locked in the order of their ids, as everywhere.
 */
export async function renameInvoices(
  tx: Tx,
  { businessId, b2bId, afterId = NO_ID }: Jobs["rename-party"],
  name: string,
): Promise<void> {
  const rows = await tx.$queryRaw`
    WITH found AS MATERIALIZED (
      SELECT id FROM invoice
       WHERE business_id = ${businessId}::uuid AND side IN ('PAYABLE', 'RECEIVABLE') AND counterparty_b2b_id = ${b2bId}
         AND (${OPEN} OR status IN ('REJECTED', 'RETURNED')) AND id > ${afterId}::uuid
       ORDER BY id LIMIT ${RENAMED_AT_ONCE}),
    held AS MATERIALIZED (
      SELECT id FROM invoice
       WHERE business_id = ${businessId}::uuid AND id = ANY(ARRAY(SELECT id FROM found)) AND counterparty_name <> ${name}
         AND (${OPEN} OR status IN ('REJECTED', 'RETURNED'))
       ORDER BY id FOR UPDATE),
    renamed AS (
      UPDATE invoice SET counterparty_name = ${name}
       WHERE business_id = ${businessId}::uuid AND id = ANY(ARRAY(SELECT id FROM held)))
    SELECT id FROM found ORDER BY id OFFSET ${RENAMED_AT_ONCE - 1}`;
  const [last] = lastRow.parse(rows);
  if (!last) return;
  const jobKey = `rename-party:${businessId}:${b2bId}`;
  await addJob(tx, "rename-party", { businessId, b2bId, afterId: last.id }, { jobKey, maxAttempts: ATTEMPTS });
}

/** Goes on with `renameInvoices`. Broken off anywhere, or run twice, it misses none; whoever names the party anew meanwhile comes after it. */
export async function renameNext(job: Jobs["rename-party"]): Promise<void> {
  const { businessId, b2bId } = job;
  await transact({ businessId }, async (tx) => {
    const rows = await tx.$queryRaw`
      SELECT name FROM counterparty WHERE business_id = ${businessId}::uuid AND b2b_id = ${b2bId} FOR SHARE`;
    const [party] = partyRow.parse(rows);
    if (party) await renameInvoices(tx, job, party.name);
  });
}
