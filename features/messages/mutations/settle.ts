import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Tx } from "@/lib/db";
import type { MessageOperation } from "@/lib/generated/prisma/enums";

/**
 * The outcome of a message that we sent has come: so it was delivered, whatever became of its ack. Ends its attempts, and keeps the
 * `reqMsgId` by which the network knows it.
 */
export async function settleSent(
  tx: Tx,
  scope: BusinessScope,
  sent: { operation: MessageOperation; objectId: string; revision: number; reqMsgId?: string },
  now: Date,
): Promise<void> {
  const { reqMsgId, ...key } = sent;
  const where = { ...key, businessId: scope.businessId, direction: "OUT" } as const;
  if (reqMsgId) await tx.message.updateMany({ where: { ...where, reqMsgId: null }, data: { reqMsgId } });
  await tx.message.updateMany({
    where: { ...where, state: { in: ["QUEUED", "STOPPED", "GAVE_UP"] } },
    data: { state: "DELIVERED", nextAttemptAt: null, settledAt: now, lastError: null },
  });
}
