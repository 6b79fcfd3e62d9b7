import { claimMessages } from "@/features/messages/mutations/claim";
import { attemptMessage } from "@/features/messages/mutations/deliver";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import type { Clock } from "@/lib/time";

/**
 * One attempt at one message, as the worker makes it: claims it, sends it, writes down what came back. Does nothing when the message
 * isn't due, is held by a worker, or waits for an earlier message about the same payment.
 */
export async function deliverMessage(
  key: { businessId: string; messageId: string },
  clock: Clock,
  timeoutMs?: number,
): Promise<void> {
  const [message] = await claimMessages(clock(), 1, key);
  if (message) await settleAttempt(await attemptMessage(message, clock, timeoutMs === undefined ? {} : { timeoutMs }));
}
