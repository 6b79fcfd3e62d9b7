import "server-only";
import { findApiKey } from "@/features/api-keys/data";
import type { ApiKeyView } from "@/features/api-keys/schema";
import { recordAudit } from "@/features/audit/record";
import { requireRole } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { transact } from "@/lib/db";
import { notFound } from "@/lib/errors";

/**
 * Revokes an API key: the next request with it is refused. Revoking it again changes nothing.
 * @throws AppError FORBIDDEN for anyone but an owner; NOT_FOUND.
 */
export async function revokeApiKey(scope: BusinessScope, id: string, now: Date = new Date()): Promise<ApiKeyView> {
  requireRole(scope, "OWNER");
  return transact(scope, async (tx) => {
    const where = { businessId: scope.businessId, id, revokedAt: null };
    const revoked = await tx.apiKey.updateMany({ where, data: { revokedAt: now, revokedBy: scope.actor.name } });
    const apiKey = await findApiKey(tx, scope, id);
    if (!apiKey) throw notFound("API key");
    if (revoked.count === 1) {
      const before = { name: apiKey.name, hint: apiKey.hint };
      await recordAudit(tx, scope, {
        at: now,
        action: "api-key.revoked",
        subjectKind: "api-key",
        subjectId: id,
        before,
      });
    }
    return apiKey;
  });
}
