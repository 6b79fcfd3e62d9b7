"use client";

import { useState } from "react";
import { AnswerButtons } from "@/components/confirm/answer-buttons";
import { AnswerDialog } from "@/components/confirm/answer-dialog";
import { lookWords } from "@/components/confirm/answer-words";
import { SameUtr } from "@/components/confirm/same-utr";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { focusMain } from "@/components/ui/focus-main";
import type { Answer } from "@/features/confirmations/schema";
import type { Payment } from "@/features/payments/api";

interface AnswerCardProps {
  business: string;
  payment: Payment;
  mayAct: boolean;
}

/** Accept and reject on a payment's own page, with the window that asks and says what it means. */
export function AnswerCard({ business, payment, mayAct }: AnswerCardProps) {
  const [response, setResponse] = useState<Answer["response"]>("ACCEPT");
  const [open, setOpen] = useState(false);
  const [overtaken, setOvertaken] = useState<string | null>(null);
  function ask(asked: Answer["response"]) {
    setOvertaken(null);
    setResponse(asked);
    setOpen(true);
  }
  const look = lookWords(payment);
  return (
    <>
      {overtaken && (
        <Alert tone="warning" live title="Someone was faster">
          {overtaken}
        </Alert>
      )}
      {payment.status === "AWAITING_CONFIRMATION" && (
        <Card aria-label="Your answer">
          <CardHeader title={look.question} description={look.where} />
          <CardBody className="flex flex-col gap-4">
            <SameUtr business={business} payment={payment} />
            <AnswerButtons payment={payment} mayAct={mayAct} onAsk={ask} />
          </CardBody>
        </Card>
      )}
      {/* Outside the card, which goes with the answer, while this window is still closing. */}
      <AnswerDialog
        business={business}
        payment={payment}
        response={response}
        open={open}
        onOpenChange={setOpen}
        onAnswered={() => setOvertaken(null)}
        onOvertaken={setOvertaken}
        onLeave={() => focusMain()}
      />
    </>
  );
}
