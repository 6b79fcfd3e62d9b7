import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { takeBack } from "@/features/confirmations/mutations/end";
import { movePayment } from "@/features/payments/lock";
import { lockOpenMessage, type OpenMessage } from "@/features/payments/mutations/open-message";
import { GIVEN_UP, mayGiveUp } from "@/features/payments/rules";
import { type Tx, transact } from "@/lib/db";
import type { PaymentSide } from "@/lib/generated/prisma/enums";
import { daysSince, toIstDay } from "@/lib/time";

export type GiveUpOutcome = "given-up" | "not-found" | "nothing-to-give-up";

/**
 * Gives up a message that can't be delivered, once no attempt will be made any more, or of which nothing comes (`mayGiveUp`): the payment
 * made has failed and lets its bills go; the answer given is taken back, and the payment received waits for one again. It may have
 * arrived all the same: then the other side's word still counts, as after a refusal (docs/decisions/004 and 036).
 */
export function giveUp(scope: BusinessScope, side: PaymentSide, objectId: string, now: Date): Promise<GiveUpOutcome> {
  return transact(scope, async (tx) => {
    const open = await lockOpenMessage(tx, scope, side, objectId);
    if (open === "not-found") return open;
    if (open === "settled") return "nothing-to-give-up";
    const { payment, message } = open;
    if (!mayGiveUp(message.state, open.since, now)) return "nothing-to-give-up";
    if (side === "OUTGOING") await failGivenUp(tx, scope, open, now);
    else await takeBack(tx, scope, payment, now);
    // Nobody has to look after it any more; why it could not be delivered stays with it. What the network has was delivered all the same.
    await tx.message.updateMany({
      where: { businessId: scope.businessId, id: message.id, state: { not: "DELIVERED" } },
      data: { state: "REFUSED" },
    });
    return "given-up";
  });
}

/** Why a payment was given up, after "since". */
function reasonOf({ message, since }: OpenMessage, now: Date): string {
  if (message.state === "DELIVERED") return `nothing came of it for ${daysSince(since, toIstDay(now))} days.`;
  return message.lastError ? `it could not be delivered: ${message.lastError}` : "it could not be delivered.";
}

async function failGivenUp(tx: Tx, scope: BusinessScope, open: OpenMessage, now: Date): Promise<void> {
  const failureDetail = `${scope.actor.name} gave this payment up, since ${reasonOf(open, now)}`;
  const data = { failureCode: GIVEN_UP, failureDetail, failureField: "" };
  await movePayment(tx, scope, open.payment, { to: "FAILED", data, action: "payment.given-up" }, now);
}
