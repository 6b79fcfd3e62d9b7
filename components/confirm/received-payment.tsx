"use client";

import { AnswerCard } from "@/components/confirm/answer-card";
import { PaymentView } from "@/components/payments/payment-view";
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
      renderActions={(payment) => <AnswerCard business={business} payment={payment} mayAct={mayAct} />}
    />
  );
}
