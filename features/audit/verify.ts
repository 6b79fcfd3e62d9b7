import "server-only";
import { BEFORE_ALL, GENESIS, linkHash, readEvents } from "@/features/audit/seal";
import { system } from "@/lib/db";

export interface Verification {
  businessId: string;
  seals: number;
  sealedEvents: number;
  /** Written, but not sealed yet: seconds old at most while a worker runs. */
  unsealedEvents: number;
  /** What does not hold, in words; empty when the chain does. */
  problems: string[];
}

/**
 * Recomputes a business's chain from its rows: every seal must link to the one before, cover events that are there and unchanged, and
 * no event below the watermark may be missing from it.
 */
export async function verifyBusiness(businessId: string): Promise<Verification> {
  const problems: string[] = [];
  const sealedIds = new Set<string>();
  let previous = { sequence: 0, hash: GENESIS, throughTransactionId: BEFORE_ALL };
  let seals = 0;
  // Seal by seal, so that a long chain doesn't have to fit into memory.
  for (;;) {
    const seal = await system.auditSeal.findFirst({
      where: { businessId, sequence: { gt: previous.sequence } },
      orderBy: { sequence: "asc" },
    });
    if (!seal) break;
    seals++;
    const name = `seal ${seal.sequence}`;
    if (seal.sequence !== previous.sequence + 1)
      problems.push(`${name} follows ${previous.sequence}: a seal is missing`);
    if (seal.previousHash !== previous.hash) problems.push(`${name} does not link to the seal before it`);
    const byId = new Map((await readEvents(businessId, seal.eventIds)).map((event) => [event.id, event]));
    const events = seal.eventIds.flatMap((id) => byId.get(id) ?? []);
    for (const id of seal.eventIds) {
      if (!byId.has(id)) problems.push(`${name}: event ${id} is missing`);
      if (sealedIds.has(id)) problems.push(`${name}: event ${id} is sealed twice`);
      sealedIds.add(id);
    }
    if (events.length === seal.eventIds.length && linkHash(seal.previousHash, events) !== seal.hash)
      problems.push(`${name}: its events or the seal were changed after it was made`);
    previous = seal;
  }
  const written = await system.auditEvent.findMany({
    where: { businessId },
    select: { id: true, transactionId: true },
  });
  const unsealed = written.filter((event) => !sealedIds.has(event.id));
  for (const event of unsealed)
    if (event.transactionId < previous.throughTransactionId)
      problems.push(`event ${event.id} was slipped in below the seals`);
  return { businessId, seals, sealedEvents: sealedIds.size, unsealedEvents: unsealed.length, problems };
}

/** Verifies every business's chain. */
export async function verifyAll(): Promise<Verification[]> {
  const businesses = await system.business.findMany({ select: { id: true }, orderBy: { id: "asc" } });
  const results: Verification[] = [];
  for (const { id } of businesses) results.push(await verifyBusiness(id));
  return results;
}
