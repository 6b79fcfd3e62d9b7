"use client";

import { Check, X } from "lucide-react";
import { useState } from "react";
import { AnswerForm } from "@/components/confirm/answer-form";
import { Button } from "@/components/ui/button";
import type { Payment } from "@/features/payments/api";
import type { Answer } from "@/features/payments/schema";

interface AnswerActionsProps {
  business: string;
  payment: Payment;
  onDone?: () => void;
}

/** Accept or reject, and then the form for the chosen one in the same place. */
export function AnswerActions({ business, payment, onDone }: AnswerActionsProps) {
  const [response, setResponse] = useState<Answer["response"] | null>(null);
  if (response)
    return (
      <AnswerForm
        business={business}
        payment={payment}
        response={response}
        onDone={() => {
          setResponse(null);
          onDone?.();
        }}
        onCancel={() => setResponse(null)}
      />
    );
  const label = `${payment.utr} of ${payment.counterparty.name}`;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button variant="primary" aria-label={`Accept ${label}`} onClick={() => setResponse("ACCEPT")}>
        <Check aria-hidden /> Accept
      </Button>
      {payment.type === "OFFPLATFORM" ? (
        <Button variant="danger-quiet" aria-label={`Reject ${label}`} onClick={() => setResponse("REJECT")}>
          <X aria-hidden /> Reject
        </Button>
      ) : (
        <p className="text-[0.8125rem] text-muted">Paid on the platform, so it can't be rejected.</p>
      )}
    </div>
  );
}
