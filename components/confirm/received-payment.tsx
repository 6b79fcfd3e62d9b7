"use client";

import { AnswerActions } from "@/components/confirm/answer-actions";
import { PaymentView } from "@/components/payments/payment-view";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import type { PaymentDetail } from "@/features/payments/api";

interface ReceivedPaymentProps {
  business: string;
  initial: PaymentDetail;
  mayAct: boolean;
}

/** A payment that a buyer made: its page, with the answer while it waits for one. */
export function ReceivedPayment({ business, initial, mayAct }: ReceivedPaymentProps) {
  return (
    <PaymentView
      business={business}
      initial={initial}
      mayAct={mayAct}
      renderActions={(payment) => {
        const waits = payment.status === "AWAITING_CONFIRMATION";
        return (
          // It stays when the answer is given, with nothing to see but who was faster: the window that asked ends by itself.
          <Card className={cn(!waits && "border-0 shadow-none empty:hidden")} aria-label="Your answer">
            {waits && (
              <CardHeader
                title="Has the money arrived?"
                description="Look for the UTR and the amount in your bank account."
              />
            )}
            <CardBody className={cn(!waits && "p-0 empty:hidden sm:px-0")}>
              <AnswerActions
                business={business}
                payment={payment}
                mayAct={mayAct}
                onLeave={() => document.getElementById("main")?.focus()}
              />
            </CardBody>
          </Card>
        );
      }}
    />
  );
}
