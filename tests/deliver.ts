import { claimMessages } from "@/features/messages/mutations/claim";
import { attemptMessage } from "@/features/messages/mutations/deliver";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import type { Clock } from "@/lib/time";
import { prisma } from "@/tests/prisma";

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

/** Claims the message that a business has queued for one attempt, whose result the test says. */
export async function claimQueued({ businessId }: { businessId: string }, now: Date) {
  const where = { businessId, direction: "OUT", state: "QUEUED" } as const;
  const { id } = await prisma.message.findFirstOrThrow({ where });
  const [message] = await claimMessages(now, 1, { businessId, messageId: id });
  if (!message) throw new Error("there is nothing to send");
  return message;
}
