import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { enqueueMessage } from "@/features/messages/mutations/enqueue";
import type { ReqPayMessage } from "@/features/protocol/messages";
import { toReqPay } from "@/features/protocol/to-wire";
import type { Tx } from "@/lib/db";

/** Puts the req-pay of a payment in the queue, in the transaction that has it SENDING. */
export async function tellSupplier(tx: Tx, scope: BusinessScope, message: ReqPayMessage, now: Date): Promise<void> {
  const { objectId } = message.payment;
  const content = toReqPay(message);
  await enqueueMessage(tx, scope, { operation: "REQ_PAY", side: "BUYER", objectId, revision: 0, content }, now);
}
