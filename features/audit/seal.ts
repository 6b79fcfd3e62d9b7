import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { system } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { logger } from "@/lib/logger";

/** Where every chain begins. */
export const GENESIS = "0".repeat(64);

/**
 * Below every transaction id. A restored event's is negative (backup/transaction-ids.ts): older than all that its new cluster will
 * hand out, and in the old order.
 */
export const BEFORE_ALL = -(2n ** 63n);

/** About as many events in one seal, so that it stays a small row; a transaction is always sealed whole. */
const BATCH = 500;

/** The most seals of one business at a time: a busy one catches up, and the others don't wait long. */
const SEALS_AT_A_TIME = 20;

const sealedEvent = z.object({
  id: z.string(),
  at: z.date(),
  actorKind: z.string(),
  actorId: z.string(),
  actorName: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  transactionId: z.union([z.bigint(), z.number()]).transform(BigInt),
});
export type SealedEvent = z.infer<typeof sealedEvent>;

/** SHA-256 over the previous link and the events in order: what a seal's `hash` must be. */
export function linkHash(previousHash: string, events: readonly SealedEvent[]): string {
  const hash = createHash("sha256").update(previousHash);
  for (const event of events) {
    const { id, at, actorKind, actorId, actorName, action, subjectKind, subjectId, before, after } = event;
    const said = [id, at.toISOString(), actorKind, actorId, actorName, action, subjectKind, subjectId, before, after];
    hash.update("\n").update(JSON.stringify(said));
  }
  return hash.digest("hex");
}

const columns = Prisma.sql`id, at, actor_kind::text AS "actorKind", actor_id AS "actorId", actor_name AS "actorName", action,
  subject_kind AS "subjectKind", subject_id AS "subjectId", before, after, transaction_id AS "transactionId"`;

/** The events with these ids, as far as they are there, in no particular order. */
export async function readEvents(businessId: string, ids: readonly string[]): Promise<SealedEvent[]> {
  const rows = await system.$queryRaw`
    SELECT ${columns} FROM audit_event WHERE business_id = ${businessId}::uuid AND id = ANY(${[...ids]}::uuid[])`;
  return z.array(sealedEvent).parse(rows);
}

/**
 * Seals a business's new events into the next link of its chain. Only events of transactions that no running one can still precede
 * (older than the snapshot's xmin) are taken, in the order of transaction and id: so the set below a seal's watermark is final, and
 * writing an event never waits for the chain. Of two workers at once the primary key lets one through.
 * @returns how many events were sealed
 */
export async function sealBusiness(businessId: string): Promise<number> {
  const last = await system.auditSeal.findFirst({
    where: { businessId },
    orderBy: { sequence: "desc" },
    select: { sequence: true, hash: true, throughTransactionId: true },
  });
  const from = last?.throughTransactionId ?? BEFORE_ALL;
  const events = z.array(sealedEvent).parse(
    await system.$queryRaw`
      SELECT ${columns}
        FROM audit_event
       WHERE business_id = ${businessId}::uuid AND transaction_id >= ${from}
         AND transaction_id <= (
               SELECT max(transaction_id) FROM (
                 SELECT transaction_id FROM audit_event
                  WHERE business_id = ${businessId}::uuid AND transaction_id >= ${from}
                    AND transaction_id < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
                  ORDER BY transaction_id LIMIT ${BATCH}) AS batch)
       ORDER BY transaction_id, id`,
  );
  if (events.length === 0) return 0;
  const previousHash = last?.hash ?? GENESIS;
  const [sequence, hash] = [(last?.sequence ?? 0) + 1, linkHash(previousHash, events)];
  const { count } = await system.auditSeal.createMany({
    data: [
      {
        businessId,
        sequence,
        eventIds: events.map((event) => event.id),
        throughTransactionId: (events.at(-1)?.transactionId ?? from) + 1n,
        previousHash,
        hash,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return 0;
  // Logs are kept where the database's rulers can't write: what was sealed once can be compared there.
  logger.info({ businessId, sequence, hash }, "sealed");
  return events.length;
}

/**
 * Seals what is new in every business that has anything new, in turns: a seal of each, then another of those that have more than one
 * seal takes.
 * @returns how many events were sealed
 */
export async function sealAll(): Promise<number> {
  const open = z.array(z.object({ businessId: z.string() })).parse(
    await system.$queryRaw`
      SELECT business.id AS "businessId" FROM business
       WHERE EXISTS (SELECT 1 FROM audit_event
                      WHERE audit_event.business_id = business.id
                        AND transaction_id >= coalesce((SELECT through_transaction_id FROM audit_seal
                                                         WHERE audit_seal.business_id = business.id
                                                         ORDER BY sequence DESC LIMIT 1), ${BEFORE_ALL}))`,
  );
  let sealed = 0;
  let behind = open.map(({ businessId }) => businessId);
  for (let turn = 0; turn < SEALS_AT_A_TIME && behind.length > 0; turn++) {
    const more: string[] = [];
    for (const businessId of behind) {
      const count = await sealBusiness(businessId);
      sealed += count;
      if (count >= BATCH) more.push(businessId);
    }
    behind = more;
  }
  return sealed;
}
