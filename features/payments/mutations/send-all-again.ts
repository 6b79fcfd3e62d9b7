import "server-only";
import { operatorScope } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { system } from "@/lib/db";

/*
 * The operator's own "Send again" (npm run admin): after wrong credentials or a network that was away for days, every message that came
 * meanwhile stands still, of all businesses. No page or route imports it.
 */

/**
 * Sends each payment's message again that the network has never taken and no worker tries any more: after a refusal of the call, or
 * after the last attempt. Each by itself, with its line in its business's trail; what has moved on meanwhile is left alone.
 * @param only this business's; null for those of all
 * @returns how many are on their way again
 */
export async function sendAllAgain(only: BusinessScope | null, now: Date): Promise<number> {
  const stuck = await system.message.findMany({
    where: {
      direction: "OUT",
      state: { in: ["STOPPED", "GAVE_UP"] },
      reqMsgId: null,
      ...(only && { businessId: only.businessId }),
    },
    select: { objectId: true, operation: true, business: { select: { id: true, b2bId: true } } },
    orderBy: { createdAt: "asc" },
  });
  let queued = 0;
  for (const { business, operation, objectId } of stuck) {
    const side = operation === "REQ_PAY" ? "OUTGOING" : "INCOMING";
    if ((await sendAgain(operatorScope(business), side, objectId, now)) === "queued") queued++;
  }
  return queued;
}
