import "server-only";
import type { Tx } from "@/lib/db";
import { addJob, type Jobs } from "@/lib/jobs";

/** Enough for an outage of four days; the queue waits exp(attempt) seconds, six hours at most. */
const ATTEMPTS = 25;

/** Has an invoice shown to its other party as it is then; asked for several times, once is enough. */
export function queueShare(tx: Tx, invoice: Jobs["share-invoice"], runAt: Date): Promise<void> {
  const jobKey = `share-invoice:${invoice.businessId}:${invoice.invoiceId}`;
  return addJob(tx, "share-invoice", invoice, { jobKey, runAt, maxAttempts: ATTEMPTS });
}
