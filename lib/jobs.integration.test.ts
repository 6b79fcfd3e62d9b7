import { expect, test } from "vitest";
import { addJob, tidyQueue } from "@/lib/jobs";
import { forbidFloods } from "@/tests/no-flood";
import { prisma } from "@/tests/prisma";

const NOW = new Date("2026-11-20T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

interface QueuedJob {
  key: string;
  locked_by: string | null;
}

const jobs = () => prisma.$queryRaw<QueuedJob[]>`SELECT key, locked_by FROM graphile_worker.jobs ORDER BY key`;

async function queue(jobKey: string): Promise<void> {
  await addJob(prisma, "share-invoice", { businessId: "b", invoiceId: "i" }, { jobKey, maxAttempts: 1 });
}

test("a killed worker's job is free again after five minutes, a running one is left alone", async () => {
  await queue("lost");
  await queue("running");
  await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET locked_by = 'dead', locked_at = ${minutesAgo(6)} WHERE key = 'lost'`;
  await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET locked_by = 'alive', locked_at = ${minutesAgo(1)} WHERE key = 'running'`;
  await tidyQueue(NOW);
  expect(await jobs()).toEqual([
    { key: "lost", locked_by: null },
    { key: "running", locked_by: "alive" },
  ]);
});

test("a job whose attempts ran out goes after a week", async () => {
  await queue("spent");
  await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts, updated_at = ${minutesAgo(60 * 24 * 8)} WHERE key = 'spent'`;
  await tidyQueue(NOW);
  expect((await jobs()).map((job) => job.key)).not.toContain("spent");
});

test("a flood of spent ones goes a thousand at a time, and all of it; those of this week stay", async () => {
  await queue("one to copy");
  await prisma.$executeRaw`
    INSERT INTO graphile_worker._private_jobs (task_id, payload, attempts, max_attempts, key, updated_at)
    SELECT task_id, payload, 1, 1, 'flood ' || n, ${NOW}::timestamptz - n * interval '4 minutes'
      FROM graphile_worker._private_jobs, generate_series(1, 5000) n WHERE key = 'one to copy'`;
  await forbidFloods("graphile_worker._private_jobs");
  const flood = async () => (await jobs()).filter(({ key }) => key.startsWith("flood ")).length;
  await tidyQueue(NOW);
  expect(await flood()).toBe(4000);
  await tidyQueue(NOW);
  await tidyQueue(NOW);
  expect(await flood()).toBe((7 * 24 * 60) / 4);
});
