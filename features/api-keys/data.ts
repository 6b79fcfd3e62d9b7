import "server-only";
import type { ApiKeyView } from "@/features/api-keys/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { books, type Tx } from "@/lib/db";

const select = {
  id: true,
  name: true,
  hint: true,
  createdBy: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
  revokedBy: true,
} as const;

type Row = Omit<ApiKeyView, "createdAt" | "lastUsedAt" | "revokedAt"> & {
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

function toView(row: Row): ApiKeyView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

/** The business's API keys, newest first; the revoked ones too, since someone may ask what became of them. */
export async function listApiKeys(scope: BusinessScope): Promise<ApiKeyView[]> {
  const rows = await books(scope).apiKey.findMany({
    where: { businessId: scope.businessId },
    select,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(toView);
}

/** One of the business's API keys, as the transaction sees it. */
export async function findApiKey(tx: Tx, scope: BusinessScope, id: string): Promise<ApiKeyView | null> {
  const where = { businessId_id: { businessId: scope.businessId, id } };
  const row = await tx.apiKey.findUnique({ where, select });
  return row && toView(row);
}
