import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/*
 * The queue's tables are its own and change with its version, so its jobs are kept by their meaning, and queued anew by its own
 * function. What is running counts as not begun, and attempts are counted anew: every task can bear to run twice.
 */

export const JOB_COLUMNS = ["task", "payload", "run_at", "job_key", "max_attempts", "priority", "queue"] as const;

/** SQL for the jobs that are still to be done, one business's or all. */
export function jobsQuery(businessId?: string): string {
  return `SELECT task.identifier AS task, job.payload, job.run_at, job.key AS job_key, job.max_attempts, job.priority,
                 queue.queue_name AS queue
            FROM graphile_worker._private_jobs job
            JOIN graphile_worker._private_tasks task ON task.id = job.task_id
            LEFT JOIN graphile_worker._private_job_queues queue ON queue.id = job.job_queue_id
           WHERE (job.attempts < job.max_attempts OR job.locked_at IS NOT NULL)
             ${businessId ? `AND job.payload->>'businessId' = '${businessId}'` : ""}
           ORDER BY job.id`;
}

/** Queues the jobs of a backup. @returns how many */
export async function queueJobs(client: pg.Client, csv: Readable[]): Promise<number> {
  await client.query(
    `CREATE TEMP TABLE restored_job (task text, payload json, run_at timestamptz, job_key text, max_attempts int, priority int,
                                     queue text) ON COMMIT DROP`,
  );
  const target = client.query(
    copyFrom(`COPY restored_job (${JOB_COLUMNS.join(", ")}) FROM STDIN (FORMAT csv, HEADER match)`),
  );
  await pipeline([...csv, target]);
  await client.query(
    `SELECT graphile_worker.add_job(task, payload := payload, queue_name := queue, run_at := run_at, max_attempts := max_attempts,
                                    job_key := job_key, priority := priority) FROM restored_job`,
  );
  return target.rowCount;
}
