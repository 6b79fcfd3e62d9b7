import "server-only";
import { findApiKey } from "@/features/api-keys/data";
import { mintKeyText } from "@/features/api-keys/key-text";
import type { CreateApiKeyInput, CreatedApiKey } from "@/features/api-keys/schema";
import { recordAudit } from "@/features/audit/record";
import { requireRole } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { transact } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * Makes an API key. Only its hash is kept, so its text is in this answer and nowhere after.
 * @throws AppError FORBIDDEN for anyone but an owner; CONFLICT when this very request made one already, whose text can't be had again.
 */
export async function createApiKey(scope: BusinessScope, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  requireRole(scope, "OWNER");
  const { keyText, secretHash, hint } = mintKeyText(scope.businessId);
  return transact(scope, async (tx) => {
    const { businessId, actor } = scope;
    const data = [{ businessId, id: input.id, name: input.name, hint, secretHash, createdBy: actor.name }];
    const made = await tx.apiKey.createMany({ data, skipDuplicates: true });
    const apiKey = await findApiKey(tx, scope, input.id);
    if (made.count === 0 || !apiKey) {
      throw new AppError(
        "CONFLICT",
        "This key was already made, and a key is shown only once. Revoke it and make another.",
      );
    }
    const after = { name: input.name, hint };
    await recordAudit(tx, scope, {
      at: new Date(),
      action: "api-key.created",
      subjectKind: "api-key",
      subjectId: input.id,
      after,
    });
    return { apiKey, keyText };
  });
}
