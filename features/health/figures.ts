import "server-only";
import { z } from "zod";
import { BEFORE_ALL } from "@/features/audit/seal";
import { system } from "@/lib/db";

/** What the whole installation has to do, across all businesses: counts, and no names. */
export interface Figures {
  messages: { queued: number; due: number; oldestDueSeconds: number; stopped: number; gaveUp: number };
  seal: { unsealed: number; lagSeconds: number };
  jobs: { waiting: number; spent: number };
}

const count = z.coerce.number();

const messageRow = z.tuple([
  z.object({ queued: count, due: count, oldestDueSeconds: count, stopped: count, gaveUp: count }),
]);

/**
 * Read from two small indexes, of what is queued and of what is stuck, so that it costs as much as the queue is long and not the table.
 * A stopped message that the network had acked before is for its business to decide about (docs/decisions/036), and says nothing about the
 * installation's credentials: those are not counted as stopped.
 */
async function readMessages(): Promise<Figures["messages"]> {
  const [row] = messageRow.parse(
    await system.$queryRaw`
      SELECT count(*) AS queued, count(*) FILTER (WHERE next_attempt_at <= now()) AS due,
             greatest(0, coalesce(extract(epoch FROM now() - min(next_attempt_at)), 0)) AS "oldestDueSeconds",
             (SELECT count(*) FROM message WHERE direction = 'OUT' AND state = 'STOPPED' AND req_msg_id IS NULL) AS stopped,
             (SELECT count(*) FROM message WHERE direction = 'OUT' AND state = 'GAVE_UP') AS "gaveUp"
        FROM message WHERE state = 'QUEUED'`,
  );
  return row;
}

const sealRow = z.tuple([z.object({ unsealed: count, lagSeconds: count })]);

/**
 * As the sealer looks for them, one business's end of the index after the other. A watermark above all that the cluster has handed out is
 * another cluster's: nothing is sealed there any more (docs/operations.md, "A newer PostgreSQL"), and the lag counts from its last seal.
 */
async function readSeal(): Promise<Figures["seal"]> {
  const [row] = sealRow.parse(
    await system.$queryRaw`
      SELECT count(event.id) AS unsealed,
             greatest(0, coalesce(extract(epoch FROM now() - least(min(event.at), min(last.sealed_at) FILTER (
               WHERE last.through > pg_snapshot_xmax(pg_current_snapshot())::text::bigint))), 0)) AS "lagSeconds"
        FROM business
        CROSS JOIN LATERAL (
             SELECT coalesce(max(through_transaction_id), ${BEFORE_ALL}) AS through, max(sealed_at) AS sealed_at FROM (
               SELECT through_transaction_id, sealed_at FROM audit_seal
                WHERE business_id = business.id ORDER BY sequence DESC LIMIT 1) AS newest) AS last
        LEFT JOIN audit_event event ON event.business_id = business.id AND event.transaction_id >= last.through`,
  );
  return row;
}

const jobRow = z.tuple([z.object({ waiting: count, spent: count })]);

async function readJobs(): Promise<Figures["jobs"]> {
  const [row] = jobRow.parse(
    await system.$queryRaw`
      SELECT count(*) FILTER (WHERE attempts < max_attempts AND run_at <= now()) AS waiting,
             count(*) FILTER (WHERE attempts >= max_attempts AND locked_at IS NULL) AS spent
        FROM graphile_worker.jobs`,
  );
  return row;
}

/** What there is to do at this moment. */
export async function readFigures(): Promise<Figures> {
  const [messages, seal, jobs] = await Promise.all([readMessages(), readSeal(), readJobs()]);
  return { messages, seal, jobs };
}

const paymentRows = z.array(z.object({ side: z.string(), status: z.string(), count }));

/** How many payments each side has in each status. Reads an index from end to end, so it is asked for seldom. */
export async function countPayments(): Promise<z.output<typeof paymentRows>> {
  return paymentRows.parse(
    await system.$queryRaw`SELECT side::text, status::text, count(*) FROM payment GROUP BY side, status`,
  );
}
