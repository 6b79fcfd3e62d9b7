import "server-only";
import { z } from "zod";
import { BEFORE_ALL, GENESIS, linkHash, readEvents } from "@/features/audit/seal";
import { system } from "@/lib/db";

/** The end of a business's chain: who keeps it outside of the database sees later whether it was cut off, or written anew. */
export const chainHead = z.strictObject({
  businessId: z.uuid(),
  sequence: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ChainHead = z.infer<typeof chainHead>;

export interface Verification {
  businessId: string;
  seals: number;
  sealedEvents: number;
  /** Written, but not sealed yet: seconds old at most while a worker runs. */
  unsealedEvents: number;
  /** The last seal; null when there is none. */
  head: ChainHead | null;
  /** What does not hold, in words; empty when the chain does. */
  problems: string[];
}

const outsideRow = z.tuple([
  z.object({
    unsealed: z.number(),
    slippedIn: z.array(z.string()),
    sealedTwice: z.array(z.object({ id: z.string(), sequence: z.number() })),
  }),
]);

/** How the events of a business and its seals fit together, found in the database: there may be millions. */
async function eventsOutside(businessId: string, throughTransactionId: bigint) {
  const found = await system.$queryRaw`
    WITH sealed AS MATERIALIZED (
      SELECT event_id AS id, max(sequence) AS sequence, count(*) AS times
        FROM audit_seal CROSS JOIN LATERAL unnest(event_ids) AS event_id
       WHERE business_id = ${businessId}::uuid
       GROUP BY id),
    unsealed AS MATERIALIZED (
      SELECT id, transaction_id FROM audit_event
       WHERE business_id = ${businessId}::uuid AND NOT EXISTS (SELECT 1 FROM sealed WHERE sealed.id = audit_event.id))
    SELECT (SELECT count(*)::int FROM unsealed) AS unsealed,
           ARRAY(SELECT id FROM unsealed WHERE transaction_id < ${throughTransactionId} ORDER BY id) AS "slippedIn",
           (SELECT coalesce(json_agg(json_build_object('id', id, 'sequence', sequence) ORDER BY id), '[]')
              FROM sealed WHERE times > 1) AS "sealedTwice"`;
  const [row] = outsideRow.parse(found);
  return row;
}

/** So many seals are read together, with about as many events as one seal may have; most have one or two. */
const SEALS_AT_ONCE = 500;

/** A business's seals in their order, each with the events that it is of, as far as they are there. Never all of a long chain at once. */
async function* eachSeal(businessId: string) {
  let after = 0;
  for (;;) {
    const seals = await system.auditSeal.findMany({
      where: { businessId, sequence: { gt: after } },
      orderBy: { sequence: "asc" },
      take: SEALS_AT_ONCE,
    });
    for (const some of batchesOf(seals)) {
      const ids = some.flatMap(({ eventIds }) => eventIds);
      const byId = new Map((await readEvents(businessId, ids)).map((event) => [event.id, event]));
      for (const seal of some) yield { seal, byId };
    }
    const last = seals.at(-1);
    if (!last) return;
    after = last.sequence;
  }
}

/** The most events that are read together, but for those of one seal. */
const EVENTS_AT_ONCE = 1_000;

/** The same seals in their order, as many together as have not too many events. */
function batchesOf<Seal extends { eventIds: readonly string[] }>(seals: readonly Seal[]): Seal[][] {
  const batches: Seal[][] = [];
  let room = 0;
  for (const seal of seals) {
    room -= seal.eventIds.length;
    if (room >= 0) batches.at(-1)?.push(seal);
    else {
      batches.push([seal]);
      room = EVENTS_AT_ONCE - seal.eventIds.length;
    }
  }
  return batches;
}

/**
 * Recomputes a business's chain from its rows: every seal must link to the one before, cover events that are there and unchanged, and
 * no event below the watermark may be missing from it.
 * @param known the chain's head as it once was; the chain must still pass through it
 */
export async function verifyBusiness(businessId: string, known?: ChainHead): Promise<Verification> {
  const problems: string[] = [];
  let previous = { sequence: 0, hash: GENESIS, throughTransactionId: BEFORE_ALL };
  let [seals, sealedEvents] = [0, 0];
  for await (const { seal, byId } of eachSeal(businessId)) {
    seals++;
    sealedEvents += seal.eventIds.length;
    const name = `seal ${seal.sequence}`;
    if (seal.sequence !== previous.sequence + 1)
      problems.push(`${name} follows ${previous.sequence}: a seal is missing`);
    if (seal.previousHash !== previous.hash) problems.push(`${name} does not link to the seal before it`);
    const events = seal.eventIds.flatMap((id) => byId.get(id) ?? []);
    for (const id of seal.eventIds) if (!byId.has(id)) problems.push(`${name}: event ${id} is missing`);
    if (events.length === seal.eventIds.length && linkHash(seal.previousHash, events) !== seal.hash)
      problems.push(`${name}: its events or the seal were changed after it was made`);
    if (seal.sequence === known?.sequence && seal.hash !== known.hash)
      problems.push(`${name} is not the one that was written down: the chain was made anew`);
    previous = seal;
  }
  if (known && previous.sequence < known.sequence)
    problems.push(
      `the chain ends at seal ${previous.sequence}, and ${known.sequence} was written down: its end was cut off`,
    );
  const { unsealed, slippedIn, sealedTwice } = await eventsOutside(businessId, previous.throughTransactionId);
  for (const { id, sequence } of sealedTwice) problems.push(`seal ${sequence}: event ${id} is sealed twice`);
  for (const id of slippedIn) problems.push(`event ${id} was slipped in below the seals`);
  const head = seals === 0 ? null : { businessId, sequence: previous.sequence, hash: previous.hash };
  return { businessId, seals, sealedEvents, unsealedEvents: unsealed, head, problems };
}

/**
 * Verifies every business's chain.
 * @param known heads that were written down before: a business of theirs that is gone is a problem as well
 */
export async function verifyAll(known: readonly ChainHead[] = []): Promise<Verification[]> {
  const heads = new Map(known.map((head) => [head.businessId, head]));
  const businesses = await system.business.findMany({ select: { id: true }, orderBy: { id: "asc" } });
  const ids = new Set([...businesses.map(({ id }) => id), ...heads.keys()]);
  const results: Verification[] = [];
  for (const id of ids) results.push(await verifyBusiness(id, heads.get(id)));
  return results;
}
