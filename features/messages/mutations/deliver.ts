import "server-only";
import type { Claimed } from "@/features/messages/mutations/claim";
import { ATTEMPT_TIMEOUT_MS } from "@/features/messages/rules";
import { type SendResult, sendToNetwork } from "@/features/protocol/network-client";
import type { Operation } from "@/features/protocol/schema";
import { env } from "@/lib/env";
import type { MessageOperation } from "@/lib/generated/prisma/enums";
import { logger } from "@/lib/logger";
import { observeAttempt } from "@/lib/metrics";
import type { Clock } from "@/lib/time";

const OPERATIONS: Record<MessageOperation, Operation> = {
  REQ_PAY: "req-pay",
  RESP_PAY: "resp-pay",
  REQ_PAY_CONFIRMATION: "req-pay-confirmation",
  RESP_PAY_CONFIRMATION: "resp-pay-confirmation",
};

/** What came of one attempt at sending a message. */
export interface Attempt {
  message: Claimed;
  result: SendResult;
  startedAt: Date;
  endedAt: Date;
}

/**
 * Sends a message that was claimed, once. Killed at any point, the message is claimed again when its lease has run out; the network
 * knows a repeated `webhook-id`.
 * @param options.signal breaks the attempt off; it is made again later
 */
export async function attemptMessage(
  message: Claimed,
  clock: Clock,
  { timeoutMs = ATTEMPT_TIMEOUT_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<Attempt> {
  const startedAt = clock();
  const result = await sendToNetwork({
    url: env.NETWORK_URL,
    operation: OPERATIONS[message.operation],
    body: message.body,
    webhookId: message.id,
    requestId: message.requestId ?? undefined,
    secrets: env.NETWORK_SIGNING_SECRETS,
    bearer: env.NETWORK_BEARER_TOKENS[0],
    now: startedAt,
    timeoutMs,
    signal,
  });
  const endedAt = clock();
  const ms = endedAt.getTime() - startedAt.getTime();
  const reason = result.kind === "retry" ? result.reason : result.kind;
  observeAttempt({
    operation: OPERATIONS[message.operation],
    outcome: result.kind,
    result: reason,
    seconds: ms / 1000,
  });
  const line = { messageId: message.id, requestId: message.requestId, attempt: message.attempts, result: reason, ms };
  if (result.kind === "acked") logger.info(line, "a message was delivered");
  else logger.warn(line, "a message was not taken by the network");
  return { message, result, startedAt, endedAt };
}
