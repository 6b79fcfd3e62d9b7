import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import { giveUp } from "@/features/payments/mutations/give-up";
import type { SendResult } from "@/features/protocol/network-client";
import type { PaymentSide } from "@/lib/generated/prisma/enums";
import { statusesOf } from "@/tests/books";
import { claimQueued } from "@/tests/deliver";
import { NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import type { paidTrade } from "@/tests/trade";

// What becomes of a message that its business gives up, for the tests about that.

export const FORBIDDEN: SendResult = { kind: "stopped", status: 403, reply: "" };
export const ACKED: SendResult = { kind: "acked", reqMsgId: "R0", status: 200, reply: "" };

type Trade = Awaited<ReturnType<typeof paidTrade>>;
type Who = "buyer" | "supplier";

export const claim = (trade: Trade, who: Who, now = NOW) => claimQueued(trade[who], now);
type Claimed = Awaited<ReturnType<typeof claim>>;
export const settle = (message: Claimed, result: SendResult) =>
  settleAttempt({ message, result, startedAt: NOW, endedAt: NOW });

/** The network refuses the call, as it will every time. */
export async function stopped<T extends Trade>(trade: T, who: Who): Promise<T> {
  await settle(await claim(trade, who), FORBIDDEN);
  return trade;
}

/** The network takes it, and says nothing of it from then on. */
export async function silent<T extends Trade>(trade: T, who: Who, now = NOW): Promise<T> {
  await settle(await claim(trade, who, now), ACKED);
  return trade;
}

/** So many days after the payment was made. */
export const afterDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

export const SIDES = { buyer: "OUTGOING", supplier: "INCOMING" } as const satisfies Record<Who, PaymentSide>;
export const giveItUp = (trade: Trade, who: Who, now = NOW) =>
  giveUp(trade[who], SIDES[who], trade.request.objectId, now);
export const statuses = ({ request }: Trade) => statusesOf(request.objectId);
export const rowOf = ({ request: { objectId } }: Trade, who: Who) =>
  prisma.payment.findFirstOrThrow({ where: { objectId, side: SIDES[who] } });
export const lastSent = (trade: Trade, who: Who) =>
  prisma.message.findFirstOrThrow({
    where: { businessId: trade[who].businessId, direction: "OUT" },
    orderBy: { revision: "desc" },
  });
export const events = (trade: Trade, action: string) =>
  prisma.auditEvent.findMany({ where: { subjectId: trade.request.objectId, action } });

export const NOT_HERE = { response: "REJECT", remarks: "Not here" } as const;
