"use client";

import { Check, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Answer } from "@/features/confirmations/schema";
import type { Payment } from "@/features/payments/api";

interface AnswerButtonsProps {
  payment: Payment;
  mayAct: boolean;
  onAsk: (response: Answer["response"]) => void;
}

/** What a payment can be answered with, and why not where something is missing. */
export function AnswerButtons({ payment, mayAct, onAsk }: AnswerButtonsProps) {
  if (!mayAct)
    return (
      <p className="text-muted">
        Your role lets you look. Someone with the finance role answers payments; an owner can give it to you.
      </p>
    );
  return (
    <div className="flex w-full flex-wrap items-center gap-2">
      <Button variant="primary" className="max-sm:flex-1" onClick={() => onAsk("ACCEPT")}>
        <Check aria-hidden /> Accept…
      </Button>
      {payment.type === "OFFPLATFORM" ? (
        <Button variant="danger-quiet" className="max-sm:flex-1" onClick={() => onAsk("REJECT")}>
          <X aria-hidden /> Reject…
        </Button>
      ) : (
        <p className="min-w-0 flex-1 basis-56 text-[0.8125rem] text-muted">
          Paid on the platform, where the money is already moved: such a payment can't be rejected. If something is
          wrong with it, settle it with {payment.counterparty.name}.
        </p>
      )}
    </div>
  );
}
