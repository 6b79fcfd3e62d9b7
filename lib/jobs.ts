import "server-only";
import { system, type Tx } from "@/lib/db";
import { currentRequestId } from "@/lib/request-context";

/** Every task of the worker and what it is told. A job is a hint that there is work; the truth is in the tables. */
export interface Jobs {
  "share-invoice": InvoiceJob;
  "share-answer": InvoiceJob;
  "share-with-newcomer": NewcomerJob;
  "rename-party": RenameJob;
}

/** About one invoice in one business's books; with the id of the request that it came of. */
export interface InvoiceJob {
  businessId: string;
  invoiceId: string;
  requestId?: string | undefined;
}

/** About a business that has joined the portal; with how far its invoices in the others' books have been gone through. */
export interface NewcomerJob {
  b2bId: string;
  /** The business whose books are next, and the last invoice there that was gone through. */
  from?: { writerId: string; afterId?: string | undefined } | undefined;
  requestId?: string | undefined;
}

/** About a party that got another name in one business's books; with the last of its invoices there that was gone through. */
export interface RenameJob {
  businessId: string;
  b2bId: string;
  afterId?: string | undefined;
  requestId?: string | undefined;
}

/**
 * Queues a job in the caller's transaction: it runs once that commits, and never when it rolls back. It replaces a job with the same `jobKey`
 * that hasn't started, and carries the id of the request that it came of. When it is due is worked out by the database's clock, which the
 * queue goes by: this portal's may be off.
 * @param options.waitMs milliseconds to wait first; none without it
 * @param options.maxAttempts how often a job that throws is tried in all, exp(attempt) seconds apart
 */
export async function addJob<Name extends keyof Jobs>(
  tx: Tx,
  name: Name,
  payload: Jobs[Name],
  { jobKey, waitMs = 0, maxAttempts }: { jobKey: string; waitMs?: number | undefined; maxAttempts: number },
): Promise<void> {
  await tx.$executeRaw`
    SELECT queue_job(${name}, ${JSON.stringify({ ...payload, requestId: currentRequestId() })}::json, now() + ${waitMs}::float8 * interval '1 ms',
                     ${jobKey}, ${maxAttempts}::int)`;
}

/** A job that has run for longer than this, in milliseconds, lost its worker: none takes a minute. */
const LOST_AFTER_MS = 5 * 60_000;

/** Jobs whose attempts ran out are kept for this long, in milliseconds, for whoever asks why: 7 days. */
const SPENT_KEPT_MS = 7 * 24 * 60 * 60_000;

/**
 * Gives a killed worker's jobs free again, which the queue alone would keep locked for four hours, and lets go of spent ones. Every
 * task can bear to run twice, so a worker that only seemed dead does no harm.
 */
export async function tidyQueue(now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await system.$executeRaw`
    SELECT tidy_queue(${before(LOST_AFTER_MS)}::timestamptz, ${before(SPENT_KEPT_MS)}::timestamptz)`;
}
