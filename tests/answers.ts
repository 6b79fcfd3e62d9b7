import { expect } from "vitest";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import type { SendResult } from "@/features/protocol/network-client";
import { statusesOf } from "@/tests/books";
import { claimQueued } from "@/tests/deliver";
import { NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answeredTrade } from "@/tests/trade";

export const HERE = { response: "ACCEPT", remarks: "Received" } as const;
export const NOT_HERE = { response: "REJECT", remarks: "Not here" } as const;
type Trade = Awaited<ReturnType<typeof answeredTrade>>;
export const later = new Date(NOW.getTime() + 3_600_000);

/** An answer that the network took, whose ack was lost, and which was opened again since a later attempt at it was refused. */
export async function refusedSince(answer: typeof HERE | typeof NOT_HERE) {
  const trade = await answeredTrade(answer);
  await settle(trade, { kind: "refused", status: 422, refusal: { code: "X", detail: "No", field: "" }, reply: "" });
  expect((await statusesOf(trade.request.objectId)).incoming).toBe("AWAITING_CONFIRMATION");
  return trade;
}

/** Takes the supplier's queued message for an attempt, with this result. */
export async function settle({ supplier }: Trade, result: SendResult) {
  const message = await claimQueued(supplier, later);
  await settleAttempt({ message, result, startedAt: later, endedAt: later });
}

export const acked = (reqMsgId: string): SendResult => ({ kind: "acked", reqMsgId, status: 200, reply: "" });

export const incomingOf = ({ request: { objectId } }: Trade) =>
  prisma.payment.findFirstOrThrow({ where: { objectId, side: "INCOMING" } });

export const confirmationsOf = ({ request: { objectId } }: Trade) =>
  prisma.message.findMany({
    where: { objectId, direction: "OUT", operation: "REQ_PAY_CONFIRMATION" },
    orderBy: { revision: "asc" },
  });

export const eventsOf = ({ supplier, request }: Trade, action: string) =>
  prisma.auditEvent.findMany({ where: { businessId: supplier.businessId, subjectId: request.objectId, action } });
