import "server-only";
import type { Tx } from "@/lib/db";

/** Every task of the worker and what it is told. A job is a hint that there is work; the truth is in the tables. */
export interface Jobs {
  deliver: { businessId: string; messageId: string };
  "share-invoice": { businessId: string; invoiceId: string };
}

/**
 * Queues a job in the caller's transaction: it runs once that commits, and never when it rolls back.
 * A job with the same `jobKey` that hasn't started is replaced. Tried once unless said otherwise: whoever sends messages keeps count in
 * a table; a task that only works on our own tables may let the queue try again, after exp(attempt) seconds each.
 */
export async function addJob<Name extends keyof Jobs>(
  tx: Tx,
  name: Name,
  payload: Jobs[Name],
  { jobKey, runAt, maxAttempts = 1 }: { jobKey: string; runAt: Date; maxAttempts?: number },
): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${name}, payload := ${JSON.stringify(payload)}::json, run_at := ${runAt}::timestamptz,
                                   job_key := ${jobKey}, max_attempts := ${maxAttempts}::int)`;
}
