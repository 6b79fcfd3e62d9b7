"use client";

import { useState } from "react";
import { AnswerButtons } from "@/components/confirm/answer-buttons";
import { AnswerDialog } from "@/components/confirm/answer-dialog";
import { Alert } from "@/components/ui/alert";
import type { Payment } from "@/features/payments/api";
import type { Answer } from "@/features/payments/schema";

interface AnswerActionsProps {
  business: string;
  payment: Payment;
  mayAct: boolean;
  /** The payment has its answer, given here or by someone else. */
  onLeave?: () => void;
}

/** Accept and reject on a payment's own page, with the window that asks and says what it means. */
export function AnswerActions({ business, payment, mayAct, onLeave }: AnswerActionsProps) {
  const [response, setResponse] = useState<Answer["response"]>("ACCEPT");
  const [open, setOpen] = useState(false);
  const [overtaken, setOvertaken] = useState<string | null>(null);
  const waits = payment.status === "AWAITING_CONFIRMATION";
  return (
    <>
      {waits && (
        <AnswerButtons
          payment={payment}
          mayAct={mayAct}
          onAsk={(asked) => {
            setOvertaken(null);
            setResponse(asked);
            setOpen(true);
          }}
        />
      )}
      {overtaken && (
        <Alert tone="warning" live title="Someone was faster" className={waits ? "mt-3" : undefined}>
          {overtaken}
        </Alert>
      )}
      <AnswerDialog
        business={business}
        payment={payment}
        response={response}
        open={open}
        onOpenChange={setOpen}
        onAnswered={() => setOvertaken(null)}
        onOvertaken={setOvertaken}
        {...(onLeave && { onLeave })}
      />
    </>
  );
}
