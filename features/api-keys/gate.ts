import "server-only";
import { timingSafeEqual } from "node:crypto";
import { readKeyText } from "@/features/api-keys/key-text";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { bearerToken } from "@/features/protocol/bearer";
import { books } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

const TOUCH_EVERY_MS = 60_000;

const refused = () =>
  new AppError(
    "UNAUTHENTICATED",
    "This API key is not valid. Send one of your business's keys: Authorization: Bearer chk_…",
  );

/** Notes that a key was used, at most once a minute, without the request waiting for it. */
function touch(key: { businessId: string; id: string; lastUsedAt: Date | null }, now: Date): void {
  const before = new Date(now.getTime() - TOUCH_EVERY_MS);
  if (key.lastUsedAt && key.lastUsedAt > before) return;
  // Conditional, so that of many requests at once only one writes.
  const stale = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: before } }] };
  books(key)
    .apiKey.updateMany({ where: { businessId: key.businessId, id: key.id, ...stale }, data: { lastUsedAt: now } })
    .catch((err: unknown) => logger.warn({ err }, "could not note an API key's use"));
}

/**
 * The business that an API key (`Authorization: Bearer chk_…`) acts for, with FINANCE's rights.
 * @throws AppError UNAUTHENTICATED, in the same words for a missing, malformed, unknown and revoked key.
 */
export async function apiKeyGate(authorizationHeader: string | null, now: Date = new Date()): Promise<BusinessScope> {
  const keyText = bearerToken(authorizationHeader);
  const claimed = keyText ? readKeyText(keyText) : null;
  if (!claimed) throw refused();
  const key = await books(claimed).apiKey.findUnique({
    where: { businessId_secretHash: claimed },
    select: {
      businessId: true,
      id: true,
      name: true,
      secretHash: true,
      lastUsedAt: true,
      revokedAt: true,
      business: { select: { b2bId: true } },
    },
  });
  const same = key && timingSafeEqual(Buffer.from(key.secretHash), Buffer.from(claimed.secretHash));
  if (!same || key.revokedAt) throw refused();
  touch(key, now);
  const { businessId, business, id, name } = key;
  return mintScope({ businessId, b2bId: business.b2bId, actor: { kind: "API_KEY", id, name }, role: "FINANCE" });
}
