import "server-only";
import { systemScope } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { endByKnownOutcome, reopen } from "@/features/confirmations/mutations/end";
import { lockInvoices } from "@/features/invoices/amounts";
import type { Attempt } from "@/features/messages/mutations/deliver";
import { waitAfter } from "@/features/messages/rules";
import { type LockedPayment, lockPayment, movePayment } from "@/features/payments/lock";
import type { SendResult } from "@/features/protocol/network-client";
import { type Tx, transact } from "@/lib/db";
import type { MessageState } from "@/lib/generated/prisma/enums";
import { runFresh } from "@/lib/pool";

const RETRY_WORDS: Record<Extract<SendResult, { kind: "retry" }>["reason"], string> = {
  network: "The network could not be reached.",
  timeout: "The network did not answer in time.",
  aborted: "The attempt was broken off because the portal was stopping.",
  status: "The network answered with HTTP %.",
  garbage: "The network's answer could not be read.",
  "too-large": "The network's answer was too large to read.",
};

const STATES = { acked: "DELIVERED", refused: "REFUSED", stopped: "STOPPED" } as const;

/**
 * The network refuses now what it acked before, because a person sent it again ("duplicate request"). That says nothing about the payment,
 * which stays as it is; a person decides.
 */
const isRefusedAnew = ({ message, result }: Attempt) => result.kind === "refused" && message.reqMsgId !== null;

/** One attempt as settle_attempts wants it. */
function rowOf(given: Attempt) {
  const { message, result, startedAt, endedAt } = given;
  const age = endedAt.getTime() - message.createdAt.getTime();
  const attempt = message.attempts - message.earlier;
  const wait = result.kind === "retry" ? waitAfter(attempt, Math.random(), age, result.retryAfterMs) : null;
  return {
    business_id: message.businessId,
    message_id: message.id,
    attempt: message.attempts,
    outcome: result.kind,
    status: result.status ?? null,
    detail: detailOf(given),
    reply: result.reply ?? null,
    req_msg_id: result.kind === "acked" ? result.reqMsgId.toWellFormed() : null,
    state: stateOf(given, wait),
    next_attempt_at: wait === null ? null : new Date(endedAt.getTime() + wait),
    started_at: startedAt,
    ended_at: endedAt,
    took_ms: endedAt.getTime() - startedAt.getTime(),
  };
}

function stateOf(attempt: Attempt, wait: number | null): MessageState {
  if (attempt.result.kind === "retry") return wait === null ? "GAVE_UP" : "QUEUED";
  return isRefusedAnew(attempt) ? "STOPPED" : STATES[attempt.result.kind];
}

function detailOf(attempt: Attempt): string {
  const { result } = attempt;
  if (isRefusedAnew(attempt) && result.kind === "refused")
    return `The network had taken this, and refused it when it was sent again: ${result.refusal.detail}`;
  if (result.kind === "retry") return RETRY_WORDS[result.reason].replace("%", String(result.status));
  if (result.kind === "refused") return result.refusal.detail;
  if (result.kind === "stopped") return `The network refused the call with HTTP ${result.status}.`;
  return "";
}

/**
 * Whether an attempt's result may change the payment, and not the message alone: a refusal does, and so may an ack under the `reqMsgId` of
 * an earlier answer, whose outcome may be known already. (An outcome that comes after the claim finds this message by itself.)
 */
export const concernsPayment = (attempt: Attempt) => {
  const { message, result } = attempt;
  if (result.kind === "refused") return !isRefusedAnew(attempt);
  return result.kind === "acked" && message.earlierAcks.includes(result.reqMsgId);
};

/** Writes down what came of attempts, in one statement for all; only those that don't concern the messages' payments. */
export async function settleAttempts(attempts: readonly Attempt[]): Promise<void> {
  await runFresh("SELECT settle_attempts($1::json)", [JSON.stringify(attempts.map(rowOf))]);
}

/** Writes down one attempt, and what its result means for the payment, in one transaction. */
export async function settleAttempt(attempt: Attempt): Promise<void> {
  const { message, result, endedAt } = attempt;
  if (!concernsPayment(attempt)) return settleAttempts([attempt]);
  const scope = await systemScope(message.businessId, "delivery");
  await transact(scope, async (tx) => {
    // Both before the message's row, as everywhere (lockPayment).
    const side = message.operation === "REQ_PAY" ? "OUTGOING" : "INCOMING";
    const payment = await lockPayment(tx, scope, side, message.objectId);
    const lines = payment?.lines ?? [];
    await lockInvoices(
      tx,
      scope,
      lines.map(({ invoiceId }) => invoiceId),
    );
    const [row] = await tx.$queryRaw<{ moved: number }[]>`
      SELECT settle_attempts(${JSON.stringify([rowOf(attempt)])}::json) AS moved`;
    if (row?.moved !== 1 || !payment) return;
    if (result.kind === "refused") await refusePayment(tx, scope, payment, result, endedAt);
    if (result.kind === "acked")
      await endByKnownOutcome(tx, scope, payment, { ...result, revision: message.revision }, endedAt);
  });
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
