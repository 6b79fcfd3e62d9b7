import "server-only";
import { system } from "@/lib/db";

interface Hosted {
  id: string;
  b2bId: string;
}

/** Far more businesses than send or get a message in a while; beyond that all are looked up again. */
const REMEMBERED = 10_000;

const remembered = new Map<string, Hosted>();

/**
 * The business with this B2B ID, or null when it isn't hosted here. Remembered once found: a business is never removed and keeps its
 * B2B ID for good. What isn't found is asked again each time, since it may be added at any moment.
 */
export async function hostedBusiness(b2bId: string): Promise<Hosted | null> {
  const known = remembered.get(b2bId);
  if (known) return known;
  const found = await system.business.findUnique({ where: { b2bId }, select: { id: true, b2bId: true } });
  if (!found) return null;
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(b2bId, found);
  return found;
}
