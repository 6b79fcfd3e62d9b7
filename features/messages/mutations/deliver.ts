import "server-only";
import { z } from "zod";
import { systemScope } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { reopen } from "@/features/confirmations/mutations/respond";
import { queueDelivery } from "@/features/messages/mutations/enqueue";
import { ATTEMPT_TIMEOUT_MS, LEASE_MS, waitAfter } from "@/features/messages/rules";
import { type LockedPayment, lockPayment, movePayment } from "@/features/payments/lock";
import { type SendResult, sendToNetwork } from "@/features/protocol/network-client";
import type { Operation } from "@/features/protocol/schema";
import { prisma, type Tx, transact } from "@/lib/db";
import { env } from "@/lib/env";
import { MessageOperation } from "@/lib/generated/prisma/enums";
import type { Jobs } from "@/lib/jobs";
import { logger } from "@/lib/logger";
import type { Clock } from "@/lib/time";

const OPERATIONS: Record<MessageOperation, Operation> = {
  REQ_PAY: "req-pay",
  RESP_PAY: "resp-pay",
  REQ_PAY_CONFIRMATION: "req-pay-confirmation",
  RESP_PAY_CONFIRMATION: "resp-pay-confirmation",
};

const RETRY_WORDS: Record<Extract<SendResult, { kind: "retry" }>["reason"], string> = {
  network: "The network could not be reached.",
  timeout: "The network did not answer in time.",
  aborted: "The attempt was broken off because the portal was stopping.",
  status: "The network answered with HTTP %.",
  garbage: "The network's answer could not be read.",
  "too-large": "The network's answer was too large to read.",
};

const claimed = z.object({
  id: z.uuid(),
  operation: z.enum(MessageOperation),
  objectId: z.string(),
  body: z.string(),
  attempts: z.number(),
  /** Attempts of earlier rounds: a person sent it again after those had run out. */
  earlier: z.number(),
});
type Claimed = z.infer<typeof claimed>;

/**
 * One attempt at one message: claim it, send it, record what came back. Does nothing when the message isn't due, is held by another
 * worker, or waits for an earlier message about the same payment. Killed at any point, the sweeper finds the message again when
 * its lease has run out; the network knows a repeated `webhook-id`.
 */
export async function deliverMessage(
  { businessId, messageId }: Jobs["deliver"],
  clock: Clock,
  timeoutMs: number = ATTEMPT_TIMEOUT_MS,
): Promise<void> {
  const startedAt = clock();
  const message = await claim(businessId, messageId, startedAt);
  if (!message) return;
  const result = await sendToNetwork({
    url: env.NETWORK_URL,
    operation: OPERATIONS[message.operation],
    body: message.body,
    webhookId: message.id,
    secrets: env.NETWORK_SIGNING_SECRETS,
    bearer: env.NETWORK_BEARER_TOKENS[0],
    now: startedAt,
    timeoutMs,
  });
  const scope = await systemScope(businessId, "delivery");
  await transact((tx) => record(tx, scope, message, result, { startedAt, endedAt: clock() }));
  if (result.kind !== "acked")
    logger.warn(
      { messageId, attempt: message.attempts, result: result.kind },
      "a message was not taken by the network",
    );
}

/** Takes the message for one attempt: the lease in `next_attempt_at` keeps every other worker off until it runs out. */
async function claim(businessId: string, messageId: string, now: Date): Promise<Claimed | null> {
  const lease = new Date(now.getTime() + LEASE_MS);
  const rows = await prisma.$queryRaw`
    UPDATE message SET attempts = attempts + 1, next_attempt_at = ${lease}
     WHERE business_id = ${businessId}::uuid AND id = ${messageId}::uuid AND state = 'QUEUED' AND next_attempt_at <= ${now}
       AND NOT EXISTS (SELECT 1 FROM message earlier
                        WHERE earlier.business_id = message.business_id AND earlier.direction = 'OUT'
                          AND earlier.object_id = message.object_id AND earlier.state = 'QUEUED'
                          AND (earlier.created_at, earlier.id) < (message.created_at, message.id))
    RETURNING id, operation, object_id AS "objectId", body, attempts, attempts_before AS "earlier"`;
  return z.array(claimed).parse(rows)[0] ?? null;
}

/** The attempt's result, what it means for the payment, and the next attempt with its job, in one transaction. */
async function record(
  tx: Tx,
  scope: BusinessScope,
  message: Claimed,
  result: SendResult,
  { startedAt, endedAt }: { startedAt: Date; endedAt: Date },
): Promise<void> {
  const { businessId } = scope;
  const isPayment = message.operation === "REQ_PAY";
  // Before the message's row, as everywhere (lockPayment).
  const payment =
    result.kind === "refused"
      ? await lockPayment(tx, scope, isPayment ? "OUTGOING" : "INCOMING", message.objectId)
      : null;

  const wait =
    result.kind === "retry" ? waitAfter(message.attempts - message.earlier, Math.random(), result.retryAfterMs) : null;
  const nextAttemptAt = wait === null ? null : new Date(endedAt.getTime() + wait);
  const state = {
    acked: "DELIVERED",
    refused: "REFUSED",
    stopped: "STOPPED",
    retry: wait === null ? "GAVE_UP" : "QUEUED",
  } as const;
  await tx.delivery.createMany({
    data: [
      {
        businessId,
        messageId: message.id,
        attempt: message.attempts,
        outcome: result.kind,
        status: result.status ?? null,
        detail: detailOf(result).slice(0, 2000),
        startedAt,
        tookMs: endedAt.getTime() - startedAt.getTime(),
      },
    ],
    skipDuplicates: true,
  });
  // Only while it is still queued: its outcome may have overtaken the ack, and has then settled it.
  const { count } = await tx.message.updateMany({
    where: { businessId, id: message.id, state: "QUEUED" },
    data: {
      state: state[result.kind],
      nextAttemptAt,
      settledAt: nextAttemptAt ? null : endedAt,
      lastError: result.kind === "acked" ? null : detailOf(result).slice(0, 2000),
      replyStatus: result.status ?? null,
      replyBody: result.reply ?? null,
    },
  });
  if (result.kind === "acked")
    await tx.message.updateMany({
      where: { businessId, id: message.id, reqMsgId: null },
      data: { reqMsgId: result.reqMsgId },
    });
  if (count === 1 && payment && result.kind === "refused") await refusePayment(tx, scope, payment, result, endedAt);
  if (count === 1 && nextAttemptAt) await queueDelivery(tx, { businessId, messageId: message.id }, nextAttemptAt);
}

function detailOf(result: SendResult): string {
  if (result.kind === "retry") return RETRY_WORDS[result.reason].replace("%", String(result.status));
  if (result.kind === "refused") return result.refusal.detail;
  if (result.kind === "stopped") return `The network refused the call with HTTP ${result.status}.`;
  return "";
}

/** The network says no to the message itself: a payment that was on its way has failed, an answer must be given again. */
async function refusePayment(
  tx: Tx,
  scope: BusinessScope,
  payment: LockedPayment,
  { refusal }: Extract<SendResult, { kind: "refused" }>,
  now: Date,
): Promise<void> {
  if (payment.status === "SENDING") {
    const data = { failureCode: refusal.code, failureDetail: refusal.detail, failureField: refusal.field };
    await movePayment(tx, scope, payment, { to: "FAILED", data, action: "payment.failed" }, now);
  }
  if (payment.status === "CONFIRMING") await reopen(tx, scope, payment, refusal, now);
}
