import "server-only";
import { z } from "zod";
import { refusalWords } from "@/features/businesses/rules";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

const ownerRows = z.array(z.object({ userId: z.string() }));

/**
 * Locks the business's owners until the transaction ends, so that of two owners who demote or remove each other at once the second
 * sees what the first did: a condition in the UPDATE alone would let both through, each still counting the other. In the order of
 * their ids, so that two lockers never wait for each other.
 * @returns the owners' user ids, as they are after any wait.
 * @throws AppError FORBIDDEN when the person who acts is an owner no longer.
 */
export async function lockOwners(tx: Tx, scope: BusinessScope): Promise<Set<string>> {
  const rows = await tx.$queryRaw`
    SELECT user_id AS "userId" FROM membership
    WHERE business_id = ${scope.businessId}::uuid AND role = 'OWNER'
    ORDER BY user_id
    FOR UPDATE`;
  const owners = new Set(ownerRows.parse(rows).map((row) => row.userId));
  if (scope.actor.kind === "USER" && !owners.has(scope.actor.id))
    throw new AppError("FORBIDDEN", refusalWords("OWNER"));
  return owners;
}

/**
 * Refuses to take the role from the only owner.
 * @throws AppError CONFLICT.
 */
export function assertNotLastOwner(owners: ReadonlySet<string>, userId: string): void {
  if (owners.has(userId) && owners.size === 1) {
    throw new AppError(
      "CONFLICT",
      "A business needs an owner, and this is the only one. Make someone else an owner first.",
    );
  }
}
