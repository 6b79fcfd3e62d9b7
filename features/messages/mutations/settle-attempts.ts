import "server-only";
import { systemScope } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { reopen } from "@/features/confirmations/mutations/respond";
import type { Attempt } from "@/features/messages/mutations/deliver";
import { waitAfter } from "@/features/messages/rules";
import { type LockedPayment, lockPayment, movePayment } from "@/features/payments/lock";
import type { SendResult } from "@/features/protocol/network-client";
import { type Tx, transact } from "@/lib/db";
import { runFresh } from "@/lib/pool";

const RETRY_WORDS: Record<Extract<SendResult, { kind: "retry" }>["reason"], string> = {
  network: "The network could not be reached.",
  timeout: "The network did not answer in time.",
  aborted: "The attempt was broken off because the portal was stopping.",
  status: "The network answered with HTTP %.",
  garbage: "The network's answer could not be read.",
  "too-large": "The network's answer was too large to read.",
};

// The rows are locked in one order, so that two workers with results of the same messages don't wait for each other. A message
// changes only while it is still queued: its outcome may have overtaken the ack, and has then settled it. And an attempt whose
// lease ran out doesn't say when the next one is: another has begun since.
const SETTLE = `
  WITH attempt AS (
    SELECT * FROM json_to_recordset($1::json) AS attempt(
      business_id uuid, message_id uuid, attempt int, outcome text, status int, detail text, reply text, req_msg_id text,
      state message_state, next_attempt_at timestamptz, started_at timestamptz, ended_at timestamptz, took_ms int)
  ), written AS (
    INSERT INTO delivery (business_id, message_id, attempt, outcome, status, detail, started_at, took_ms)
    SELECT business_id, message_id, attempt, outcome, status, detail, started_at, took_ms FROM attempt
    ON CONFLICT DO NOTHING
  ), held AS (
    SELECT message.business_id, message.id, attempt.attempt,
           message.state = 'QUEUED' AND (attempt.outcome <> 'retry' OR attempt.attempt = message.attempts) AS open
      FROM message JOIN attempt ON message.business_id = attempt.business_id AND message.id = attempt.message_id
     ORDER BY message.business_id, message.id FOR NO KEY UPDATE OF message
  ), settled AS (
    UPDATE message
       SET req_msg_id = coalesce(message.req_msg_id, attempt.req_msg_id),
           state = CASE WHEN open THEN attempt.state ELSE message.state END,
           next_attempt_at = CASE WHEN open THEN attempt.next_attempt_at ELSE message.next_attempt_at END,
           settled_at = CASE WHEN NOT open THEN message.settled_at WHEN attempt.next_attempt_at IS NULL THEN attempt.ended_at END,
           last_error = CASE WHEN NOT open THEN message.last_error WHEN attempt.outcome <> 'acked' THEN attempt.detail END,
           reply_status = CASE WHEN open THEN attempt.status ELSE message.reply_status END,
           reply_body = CASE WHEN open THEN attempt.reply ELSE message.reply_body END
      FROM held JOIN attempt ON held.business_id = attempt.business_id AND held.id = attempt.message_id
                            AND held.attempt = attempt.attempt
     WHERE message.business_id = held.business_id AND message.id = held.id
       AND (open OR (message.req_msg_id IS NULL AND attempt.req_msg_id IS NOT NULL))
  )
  SELECT count(*)::int AS moved FROM held WHERE open`;

const STATES = { acked: "DELIVERED", refused: "REFUSED", stopped: "STOPPED" } as const;

/** One attempt as the statement wants it. */
function rowOf({ message, result, startedAt, endedAt }: Attempt) {
  const wait =
    result.kind === "retry" ? waitAfter(message.attempts - message.earlier, Math.random(), result.retryAfterMs) : null;
  return {
    business_id: message.businessId,
    message_id: message.id,
    attempt: message.attempts,
    outcome: result.kind,
    status: result.status ?? null,
    detail: detailOf(result).slice(0, 2000).toWellFormed(),
    reply: result.reply ?? null,
    req_msg_id: result.kind === "acked" ? result.reqMsgId.toWellFormed() : null,
    state: result.kind === "retry" ? (wait === null ? "GAVE_UP" : "QUEUED") : STATES[result.kind],
    next_attempt_at: wait === null ? null : new Date(endedAt.getTime() + wait),
    started_at: startedAt,
    ended_at: endedAt,
    took_ms: endedAt.getTime() - startedAt.getTime(),
  };
}

function detailOf(result: SendResult): string {
  if (result.kind === "retry") return RETRY_WORDS[result.reason].replace("%", String(result.status));
  if (result.kind === "refused") return result.refusal.detail;
  if (result.kind === "stopped") return `The network refused the call with HTTP ${result.status}.`;
  return "";
}

/** Writes down what came of attempts, in one statement for all; only those that concern the messages alone, not their payments. */
export async function settleAttempts(attempts: readonly Attempt[]): Promise<void> {
  await runFresh(SETTLE, [JSON.stringify(attempts.map(rowOf))]);
}

/** Writes down one attempt, and what its result means for the payment, in one transaction. */
export async function settleAttempt(attempt: Attempt): Promise<void> {
  const { message, result, endedAt } = attempt;
  if (result.kind !== "refused") return settleAttempts([attempt]);
  const scope = await systemScope(message.businessId, "delivery");
  await transact(scope, async (tx) => {
    // Before the message's row, as everywhere (lockPayment).
    const side = message.operation === "REQ_PAY" ? "OUTGOING" : "INCOMING";
    const payment = await lockPayment(tx, scope, side, message.objectId);
    const [row] = await tx.$queryRawUnsafe<{ moved: number }[]>(SETTLE, JSON.stringify([rowOf(attempt)]));
    if (row?.moved === 1 && payment) await refusePayment(tx, scope, payment, result, endedAt);
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
