import type { Answer } from "@/features/payments/schema";

/** Remarks that clerks write again and again. */
export const READY_MADE: Record<Answer["response"], readonly string[]> = {
  ACCEPT: ["Received, thank you", "Received in full", "Received net of TDS; please send the certificate"],
  REJECT: [
    "Not received in our bank account",
    "The amount received is different",
    "Cheque returned unpaid",
    "The UTR does not match any credit",
    "Paid for the wrong invoice",
  ],
};
