import type { FaultPlan, OutgoingFault } from "@/sandbox/faults";
import type { Outgoing, Participant, PostResult } from "@/sandbox/participants";
import type { Timing } from "@/sandbox/timing";
import type { Attempt, Traffic, TrafficMessage } from "@/sandbox/traffic";
import { pause } from "@/sandbox/waiting";

export interface Again {
  readonly kind: "again";
  readonly why: string;
}

export interface DeliveryContext {
  readonly faults: FaultPlan;
  readonly traffic: Traffic;
  readonly clock: () => Date;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/** A message to deliver, where to (asked anew for each attempt), and how to read the answer. */
export interface Delivery<Answer extends { readonly kind: string }> {
  readonly message: Outgoing;
  readonly record: TrafficMessage;
  readonly receiver: () => Participant | null;
  readonly judge: (result: PostResult) => Answer | Again;
}

/**
 * Sends a message again and again until the receiver gives a definite answer; a time-out is never one.
 * @returns null when the signal said to stop
 */
export async function deliver<Answer extends { readonly kind: string }>(
  delivery: Delivery<Answer>,
  context: DeliveryContext,
): Promise<Exclude<Answer, Again> | null> {
  const { faults, timing, signal } = context;
  const { objectId, operation } = delivery.record;
  for (let attempt = 1; ; attempt++) {
    await faults.throughBlackout(signal);
    const fault = faults.outgoing(objectId, operation, attempt);
    await pause(fault.delayMs, signal);
    if (signal.aborted) return null;
    const { answer, retryAfterMs } = await tryOnce(delivery, fault, context);
    if (answer.kind !== "again") return answer as Exclude<Answer, Again>;
    await pause(Math.max(timing.backOffMs(attempt), Math.min(retryAfterMs, timing.longestRetryAfterMs)), signal);
  }
}

async function tryOnce<Answer extends { readonly kind: string }>(
  delivery: Delivery<Answer>,
  fault: OutgoingFault,
  context: DeliveryContext,
): Promise<{ answer: Answer | Again; retryAfterMs: number }> {
  const again = (why: string) => ({ answer: { kind: "again", why } as const, retryAfterMs: 0 });
  const startedAt = context.clock();
  const receiver = delivery.receiver();
  if (fault.loss === "request") {
    note(delivery, context, startedAt, { kind: "none", why: "" }, "Fault: lost on its way there");
    return again("lost");
  }
  if (!receiver) return again("nobody hosts this business any more");
  if (fault.duplicateAfterMs !== null) void sendCopy(delivery, receiver, fault.duplicateAfterMs, context);
  const result = await receiver.post(delivery.message, context.signal);
  if (fault.loss === "reply") {
    note(delivery, context, startedAt, result, "Fault: the reply was lost on its way back");
    return again("lost");
  }
  const answer = delivery.judge(result);
  note(delivery, context, startedAt, result, answer.kind === "again" ? `Will try again: ${(answer as Again).why}` : "");
  return { answer, retryAfterMs: (result.kind === "reply" && result.retryAfterMs) || 0 };
}

/** The fault of a duplicate: the same message once more, whatever became of the first copy; its reply changes nothing. */
async function sendCopy<Answer extends { readonly kind: string }>(
  delivery: Delivery<Answer>,
  receiver: Participant,
  afterMs: number,
  context: DeliveryContext,
): Promise<void> {
  await pause(afterMs, context.signal);
  if (context.signal.aborted) return;
  const startedAt = context.clock();
  const result = await receiver.post(delivery.message, context.signal);
  note(delivery, context, startedAt, result, "Fault: a duplicate");
}

function note<Answer extends { readonly kind: string }>(
  { record }: Delivery<Answer>,
  { traffic, clock }: DeliveryContext,
  startedAt: Date,
  result: PostResult,
  words: string,
): void {
  const attempt: Attempt = {
    at: startedAt.toISOString(),
    tookMs: clock().getTime() - startedAt.getTime(),
    status: result.kind === "reply" ? result.status : null,
    reply: result.kind === "reply" ? result.body : null,
    note: words,
  };
  traffic.attempt(record, attempt);
}
