import "server-only";
import { z } from "zod";
import { queueDelivery } from "@/features/messages/mutations/enqueue";
import { prisma } from "@/lib/db";

/** A message is a little late before the sweeper steps in, in milliseconds: its own job gets the first chance. */
const GRACE_MS = 3_000;

/**
 * Queues a job again for every message that is due and has none running: a killed worker's, or one whose job was lost. The job key
 * keeps it at one job a message. Across all businesses, since it is the worker's: it reads ids and nothing else.
 * @returns how many were found
 */
export async function sweepMessages(now: Date, limit = 1000): Promise<number> {
  const due = z.array(z.object({ businessId: z.uuid(), messageId: z.uuid() })).parse(
    await prisma.$queryRaw`
      SELECT business_id AS "businessId", id AS "messageId" FROM message
       WHERE state = 'QUEUED' AND next_attempt_at < ${new Date(now.getTime() - GRACE_MS)}
       ORDER BY next_attempt_at LIMIT ${limit}`,
  );
  for (const key of due) await queueDelivery(prisma, key, now);
  return due.length;
}
