import "server-only";
import type { Tx } from "@/lib/db";
import { addJob, type InvoiceJob, type NewcomerJob } from "@/lib/jobs";

/** Enough for an outage of four days; the queue waits exp(attempt) seconds, six hours at most. */
const ATTEMPTS = 25;

function queue(tx: Tx, task: "share-invoice" | "share-answer", invoice: InvoiceJob, waitMs?: number): Promise<void> {
  const jobKey = `${task}:${invoice.businessId}:${invoice.invoiceId}`;
  return addJob(tx, task, invoice, { jobKey, waitMs, maxAttempts: ATTEMPTS });
}

/**
 * Has an invoice shown to its other party as it is then; asked for several times, once is enough.
 * @param waitMs milliseconds to wait first; none without it
 */
export function queueShare(tx: Tx, invoice: InvoiceJob, waitMs?: number): Promise<void> {
  return queue(tx, "share-invoice", invoice, waitMs);
}

/** As `queueShare`, of what a business makes of an invoice that the other party wrote: shown to that one. */
export function queueAnswer(tx: Tx, invoice: InvoiceJob, waitMs?: number): Promise<void> {
  return queue(tx, "share-answer", invoice, waitMs);
}

/** Has the open invoices that businesses here wrote with a party shown to it: it has just come to live here, or was never shown them. */
export function queueSharesWith(tx: Tx, newcomer: NewcomerJob): Promise<void> {
  const jobKey = `share-with-newcomer:${newcomer.b2bId}`;
  return addJob(tx, "share-with-newcomer", newcomer, { jobKey, maxAttempts: ATTEMPTS });
}
