"use client";

import { useRef } from "react";
import { useFormContext } from "react-hook-form";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody } from "@/components/ui/card";
import { FieldGroup } from "@/components/ui/field-group";
import { Money } from "@/components/ui/money";
import { RadioCard } from "@/components/ui/radio-card";
import { TextLink } from "@/components/ui/text-link";
import type { PaymentDetail } from "@/features/payments/api";
import { detailsAfter } from "@/features/payments/details";
import type { PayValues } from "@/features/payments/form";
import { referenceWords } from "@/features/payments/reference";
import { failureWords } from "@/features/payments/words";
import { paise } from "@/lib/money";
import { formatDate } from "@/lib/time";

interface PayAgainProps {
  business: string;
  /** The payment that was rejected, or that failed. */
  payment: PaymentDetail;
  /** When the form was opened. */
  openedAt: string;
}

/** What became of the earlier payment, and the question that decides everything else: is it the same money? */
export function PayAgain({ business, payment, openedAt }: PayAgainProps) {
  const { register, getValues, setValue, formState } = useFormContext<PayValues>();
  const { dirtyFields } = formState;
  const isRejected = payment.status === "REJECTED";
  const { name } = payment.counterparty;
  const why = isRejected ? payment.supplierRemarks : payment.failure?.detail;
  const answered = useRef(getValues("money"));
  function fillIn(after: PayValues["money"]) {
    const before = answered.current;
    answered.current = after;
    const opened = new Date(openedAt);
    const details = detailsAfter(getValues(), { payment, openedAt: opened, before, after, typed: dirtyFields });
    // What is filled in is not dirty: only what somebody typed is.
    const options = { shouldValidate: formState.isSubmitted };
    for (const [field, value] of Object.entries(details)) setValue(field as keyof typeof details, value, options);
  }
  // Both radios share it: of several registrations of one name the last one's options count.
  const choice = register("money", { onChange: (event) => fillIn(event.target.value) });
  return (
    <Card>
      <CardBody className="flex flex-col gap-4">
        <Alert tone="danger" title={isRejected ? `${name} rejected this payment` : failureWords(payment)}>
          {why && <p>{isRejected ? `“${why}”` : why}</p>}
          <p>
            <TextLink href={`/b/${business}/payments/${payment.objectId}`}>
              <Money paise={paise(payment.netPaise)} /> on {formatDate(new Date(payment.paidAt))}
            </TextLink>
            , {referenceWords(payment.mode).word}{" "}
            <span className="[overflow-wrap:anywhere] font-mono text-[0.8125rem]">{payment.utr}</span>
          </p>
          <p>That money may have left your account all the same. Look at your bank statement before you pay again.</p>
        </Alert>
        <FieldGroup legend="Is it the same money?" error={formState.errors.money?.message}>
          <div className="grid gap-2 sm:grid-cols-2">
            <RadioCard
              {...choice}
              value="same"
              label="The same money: correct the details"
              description="It left your account. You pay nothing now, and tell the supplier again, with what was wrong put right."
            />
            <RadioCard
              {...choice}
              value="new"
              label="I pay anew"
              description="It never left your account, or it came back. You pay again, and enter the new reference."
            />
          </div>
        </FieldGroup>
      </CardBody>
    </Card>
  );
}
