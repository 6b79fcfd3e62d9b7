import { prisma } from "@/tests/prisma";

/** In how many seconds, by the database's clock, an invoice's job runs; NaN where there is none. */
export async function secondsUntil(task: "share-invoice" | "share-answer", invoiceId: string): Promise<number> {
  const [job] = await prisma.$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM run_at - now())::float8 AS seconds FROM graphile_worker.jobs
     WHERE key LIKE ${`${task}:%:${invoiceId}`}`;
  return job?.seconds ?? Number.NaN;
}
