import type { Answer } from "@/features/confirmations/schema";
import type { Payment } from "@/features/payments/api";
import { formatRupees, paise } from "@/lib/money";

type Answered = Pick<Payment, "netPaise" | "adjustmentPaise" | "mode">;

const BY_HAND: readonly Payment["mode"][] = ["CASH", "CHEQUE"];

function toAccept({ netPaise, adjustmentPaise, mode }: Answered): string[] {
  const amount = formatRupees(paise(netPaise));
  const where = BY_HAND.includes(mode) ? "" : " in our bank account";
  return [
    netPaise > 0 ? `${amount} received${where}. Thank you.` : "Adjusted as agreed. Thank you.",
    adjustmentPaise > 0 ? "Received. The deductions are agreed." : "Received in full and final settlement.",
    "Received, subject to checking our books.",
  ];
}

function toReject({ adjustmentPaise, mode }: Answered): string[] {
  return [
    mode === "CHEQUE" ? "The cheque was returned unpaid." : "Not received in our bank account.",
    "The amount received is different.",
    "The UTR does not match our bank statement.",
    ...(adjustmentPaise > 0 ? ["The deductions are not agreed."] : []),
    "These invoices were paid before.",
  ];
}

/** Remarks to start from, for an answer to this payment: each fits the wire as it is, and stays editable. */
export function readyRemarks(response: Answer["response"], payment: Answered): string[] {
  return response === "ACCEPT" ? toAccept(payment) : toReject(payment);
}
