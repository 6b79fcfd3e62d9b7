"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { AnswerForm } from "@/components/confirm/answer-form";
import { meaningOf } from "@/components/confirm/answer-words";
import { SameUtr } from "@/components/confirm/same-utr";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { hasFinePointer } from "@/components/ui/fine-pointer";
import type { Answer } from "@/features/confirmations/schema";
import type { Payment, PaymentDetail } from "@/features/payments/api";
import { paymentQuery } from "@/features/payments/client";
import { amountInBank } from "@/features/payments/words";
import { formatRupees, paise } from "@/lib/money";

export interface AnswerDialogProps {
  business: string;
  payment: Payment;
  response: Answer["response"];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onAnswered: (payment: PaymentDetail) => void;
  /** Somebody else was faster: who, when and what, in words. */
  onOvertaken: (words: string) => void;
  /** Where the focus goes after an answer; back to where it came from when there was none. */
  onLeave?: () => void;
}

/** Says in words what an answer means, takes the remark with it, and gives it. */
export function AnswerDialog(props: AnswerDialogProps) {
  const { business, payment, response, open, onOpenChange } = props;
  const [isSending, setSending] = useState(false);
  const hasEnded = useRef(false);
  const remarks = useRef<HTMLTextAreaElement>(null);
  const { data } = useQuery({ ...paymentQuery(business, payment.objectId), enabled: open, refetchInterval: false });
  const amount = formatRupees(paise(amountInBank(payment)));
  const end = (tell: () => void) => {
    hasEnded.current = true;
    tell();
    onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={(next) => !isSending && onOpenChange(next)}>
      <DialogContent
        role="alertdialog"
        title={`${response === "ACCEPT" ? "Accept" : "Reject"} ${amount} from ${payment.counterparty.name}?`}
        description={
          <>
            {meaningOf(response, payment, data?.lines).map((sentence) => (
              <span key={sentence} className="mb-1 block text-ink">
                {sentence}
              </span>
            ))}
            This can't be changed afterwards.
          </>
        }
        onOpenAutoFocus={(event) => {
          hasEnded.current = false;
          if (!hasFinePointer()) return;
          event.preventDefault();
          remarks.current?.select();
        }}
        onCloseAutoFocus={(event) => {
          if (!hasEnded.current || !props.onLeave) return;
          event.preventDefault();
          props.onLeave();
        }}
      >
        <SameUtr business={business} payment={payment} className="mb-4" />
        <AnswerForm
          key={`${payment.objectId} ${response}`}
          business={business}
          payment={payment}
          response={response}
          remarksRef={remarks}
          onSending={setSending}
          onAnswered={(answered) => end(() => props.onAnswered(answered))}
          onOvertaken={(words) => end(() => props.onOvertaken(words))}
        />
      </DialogContent>
    </Dialog>
  );
}
