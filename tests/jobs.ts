import { TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { renameParty } from "@/worker/tasks/rename-party";
import { shareAnswer } from "@/worker/tasks/share-answer";
import { shareInvoice } from "@/worker/tasks/share-invoice";
import { shareWithNewcomer } from "@/worker/tasks/share-with-newcomer";

/** In how many seconds, by the database's clock, an invoice's job runs; NaN where there is none. */
export async function secondsUntil(task: "share-invoice" | "share-answer", invoiceId: string): Promise<number> {
  const [job] = await prisma.$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM run_at - now())::float8 AS seconds FROM graphile_worker.jobs
     WHERE key LIKE ${`${task}:%:${invoiceId}`}`;
  return job?.seconds ?? Number.NaN;
}

type Run = (payload: never, clock: () => Date) => Promise<void>;

const TASKS: Record<string, Run> = {
  "share-invoice": shareInvoice,
  "share-answer": shareAnswer,
  "share-with-newcomer": shareWithNewcomer,
  "rename-party": renameParty,
};

interface Due {
  id: string;
  task: string;
  payload: unknown;
}

/** Runs what is due of the queue's jobs and what they queue, oldest first, one after the other. @returns how many jobs ran */
export async function runJobs(now = TODAY): Promise<number> {
  for (let ran = 0; ; ran++) {
    const [job] = await prisma.$queryRaw<Due[]>`
      SELECT job.id::text, task.identifier AS task, job.payload FROM graphile_worker._private_jobs job
        JOIN graphile_worker._private_tasks task ON task.id = job.task_id
       WHERE job.run_at <= now() ORDER BY job.run_at, job.id LIMIT 1`;
    if (!job) return ran;
    await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE id = ${job.id}::bigint`;
    await TASKS[job.task]?.(job.payload as never, () => now);
  }
}
