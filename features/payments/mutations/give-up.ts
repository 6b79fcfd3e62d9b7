import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { takeBack } from "@/features/confirmations/mutations/end";
import { type LockedPayment, movePayment } from "@/features/payments/lock";
import { lockOpenMessage } from "@/features/payments/mutations/open-message";
import { GIVEN_UP } from "@/features/payments/rules";
import { type Tx, transact } from "@/lib/db";
import type { PaymentSide } from "@/lib/generated/prisma/enums";

export type GiveUpOutcome = "given-up" | "not-found" | "nothing-to-give-up";

/**
 * Gives up a message that can't be delivered, once no attempt will be made any more: the payment made has failed and lets its bills go;
 * the answer given is taken back, and the payment received waits for one again. An attempt may have arrived all the same: then the
 * other side's word still counts, as after a refusal (docs/decisions/004 and 036).
 */
export function giveUp(scope: BusinessScope, side: PaymentSide, objectId: string, now: Date): Promise<GiveUpOutcome> {
  return transact(scope, async (tx) => {
    const open = await lockOpenMessage(tx, scope, side, objectId);
    if (open === "not-found") return open;
    if (open === "settled") return "nothing-to-give-up";
    const { payment, message } = open;
    if (message.state !== "STOPPED" && message.state !== "GAVE_UP") return "nothing-to-give-up";
    if (side === "OUTGOING") await failGivenUp(tx, scope, payment, message.lastError, now);
    else await takeBack(tx, scope, payment, now);
    // Nobody has to look after it any more; why it could not be delivered stays with it.
    await tx.message.updateMany({
      where: { businessId: scope.businessId, id: message.id },
      data: { state: "REFUSED" },
    });
    return "given-up";
  });
}

async function failGivenUp(
  tx: Tx,
  scope: BusinessScope,
  payment: LockedPayment,
  lastError: string | null,
  now: Date,
): Promise<void> {
  const why = lastError ? `it could not be delivered: ${lastError}` : "it could not be delivered.";
  const failureDetail = `${scope.actor.name} gave this payment up, since ${why}`;
  const data = { failureCode: GIVEN_UP, failureDetail, failureField: "" };
  await movePayment(tx, scope, payment, { to: "FAILED", data, action: "payment.given-up" }, now);
}
