import { deliverMessage } from "@/tests/deliver";
import { NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answeredTrade, paidTrade } from "@/tests/trade";

export const nowPlus = (ms: number) => new Date(NOW.getTime() + ms);
export const SECOND = 1000;

/** Names a message. */
export interface Key {
  businessId: string;
  messageId: string;
}

async function keyOf(scope: { businessId: string }, operation: "REQ_PAY" | "REQ_PAY_CONFIRMATION"): Promise<Key> {
  const where = { businessId: scope.businessId, direction: "OUT", operation } as const;
  const { id } = await prisma.message.findFirstOrThrow({ where, orderBy: { revision: "desc" } });
  return { businessId: scope.businessId, messageId: id };
}

/** A payment whose req-pay is queued. */
export async function queued() {
  const trade = await paidTrade();
  return { ...trade, key: await keyOf(trade.buyer, "REQ_PAY") };
}

/** An answer whose confirmation is queued. */
export async function queuedAnswer() {
  const trade = await answeredTrade();
  return { ...trade, key: await keyOf(trade.supplier, "REQ_PAY_CONFIRMATION") };
}

/** One attempt at it. */
export const deliver = (key: Key, now = NOW, timeoutMs = 2000) => deliverMessage(key, () => now, timeoutMs);

export const messageOf = ({ businessId, messageId }: Key) =>
  prisma.message.findUniqueOrThrow({
    where: { businessId_id: { businessId, id: messageId } },
    include: { deliveries: true },
  });

export const outgoing = async (objectId: string) =>
  prisma.payment.findFirstOrThrow({ where: { objectId, side: "OUTGOING" } });

/** A refusal by the network, whose body says why. */
export const no = (errorCd: string) => ({
  response_code: 1,
  response_message: "No",
  payload: {
    resp: { reqMsgId: "R", result: "FAILURE", errorCd, errorDtl: "The network says no.", errorField: "payment.utr" },
  },
});
