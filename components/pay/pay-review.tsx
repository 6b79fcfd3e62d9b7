"use client";

import { ArrowLeft, Send } from "lucide-react";
import { useEffect, useRef } from "react";
import { type Reviewed, ReviewWarnings, useTicks, useWarnings } from "@/components/pay/review-warnings";
import { ReviewLines, ReviewSentence } from "@/components/pay/review-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { needsApproval } from "@/features/payments/rules";
import { paymentTotals } from "@/features/payments/schema";
import { endWords } from "@/features/payments/words";

interface PayReviewProps extends Reviewed {
  /** From how many paise on a second person approves a payment before its supplier is told; null: never. */
  approvalFrom: number | null;
  error: Error | null;
  isSending: boolean;
  onBack: () => void;
  onSend: () => void;
}

/** Says in words what the supplier will be told, and all that is unusual about it, before it is sent. */
export function PayReview({ approvalFrom, error, isSending, onBack, onSend, ...reviewed }: PayReviewProps) {
  const { request, supplier, bills, again, isSameMoney } = reviewed;
  const isHeld = needsApproval(approvalFrom, paymentTotals(request.lines).total);
  const heading = useRef<HTMLHeadingElement>(null);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { warnings, isChecking } = useWarnings(reviewed);
  const ticks = useTicks(warnings);
  function send() {
    if (!ticks.missing) return onSend();
    ticks.ask();
    card.current?.querySelector<HTMLElement>("input[type=checkbox]:not(:checked)")?.focus();
  }
  return (
    <Card className="max-w-2xl">
      <CardBody ref={card} className="flex flex-col gap-4 sm:p-6">
        <h2 ref={heading} tabIndex={-1} className="font-semibold text-base outline-none">
          Is this right?
        </h2>
        <ReviewSentence request={request} supplier={supplier.name} />
        <ReviewLines request={request} bills={bills} />
        {again && isSameMoney && (
          <p>It is the money of the payment that was {endWords(again)}: you pay nothing more.</p>
        )}
        {isHeld && (
          <Alert tone="info" title="A second person looks at it first">
            {supplier.name} is told once somebody else here with the finance or owner role has approved it. Until then
            you can take it back.
          </Alert>
        )}
        <ReviewWarnings warnings={warnings} ticks={ticks} />
        {error && (
          <Alert tone="danger" title="It could not be sent" live>
            {error.message} Nothing you entered is lost, and trying again can't pay twice.
          </Alert>
        )}
      </CardBody>
      <CardFooter>
        <Button variant="secondary" onClick={onBack} disabled={isSending}>
          <ArrowLeft aria-hidden /> Back
        </Button>
        <Button variant="primary" loading={isSending || isChecking} onClick={send}>
          <Send aria-hidden /> {error ? "Try again" : isHeld ? "Ask for approval" : "Tell the supplier"}
        </Button>
      </CardFooter>
    </Card>
  );
}
