"use client";

import { AnswerActions } from "@/components/confirm/answer-actions";
import { PaymentView } from "@/components/payments/payment-view";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
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
      renderActions={(payment) =>
        mayAct &&
        payment.status === "AWAITING_CONFIRMATION" && (
          <Card>
            <CardHeader
              title="Has the money arrived?"
              description="Look for the UTR and the amount in your bank account."
            />
            <CardBody>
              <AnswerActions business={business} payment={payment} />
            </CardBody>
          </Card>
        )
      }
    />
  );
}
