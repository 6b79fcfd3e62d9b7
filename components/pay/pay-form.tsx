"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo, useRef, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import type { Draft } from "@/components/pay/draft";
import { PayDetails } from "@/components/pay/pay-details";
import { PayLine } from "@/components/pay/pay-line";
import { PayReview } from "@/components/pay/pay-review";
import { PaySummary } from "@/components/pay/pay-summary";
import { PayTo } from "@/components/pay/pay-to";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { FormErrorSummary } from "@/components/ui/form-error-summary";
import { listFormErrors } from "@/components/ui/form-errors";
import type { Counterparty } from "@/features/counterparties/api";
import { useCreatePayment } from "@/features/payments/client";
import { type PayBill, type PayValues, payFormSchema } from "@/features/payments/form";
import type { PaymentRequest } from "@/features/payments/schema";
import { ProblemError, showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";

interface PayFormProps {
  business: string;
  supplier: Counterparty;
  bills: readonly PayBill[];
  draft: Draft;
  /** Everything typed, at every change, and whether it was sent. */
  onChange: (values: PayValues, sent: boolean) => void;
  onPaid: (objectId: string) => void;
  /** After a refusal of what had been sent before: goes to the payment's page, and says true, when the payment is there. */
  onRefused: () => Promise<boolean>;
}

/** Amounts and details, then a review in words, then it is sent. */
export function PayForm({ business, supplier, bills, draft, onChange, onPaid, onRefused }: PayFormProps) {
  const create = useCreatePayment(business);
  const schema = useMemo(
    () => payFormSchema({ objectId: draft.objectId, supplierB2BId: supplier.b2bId, bills, now: () => new Date() }),
    [draft.objectId, supplier.b2bId, bills],
  );
  const form = useForm<PayValues, unknown, PaymentRequest>({
    // The form's texts are wider than what the schema takes: it says so, field by field.
    resolver: zodResolver(schema as never, { error: issueWords }) as never,
    defaultValues: draft.values,
    shouldFocusError: false,
  });
  const [review, setReview] = useState<PaymentRequest | null>(null);
  const sent = useRef(draft.sent);
  const { errors, submitCount } = form.formState;

  useEffect(() => {
    const subscription = form.watch((values) => onChange(values as PayValues, sent.current));
    return () => subscription.unsubscribe();
  }, [form, onChange]);

  async function send(request: PaymentRequest) {
    sent.current = true;
    onChange(form.getValues(), true);
    try {
      const { objectId } = await create.mutateAsync(request);
      onPaid(objectId);
    } catch (error) {
      // Whatever the fields can't explain stays beside the button that sends it.
      if (error instanceof ProblemError && error.mayPass) return;
      // An earlier try did arrive, and something was changed since: the payment that was made is the answer.
      if (error instanceof ProblemError && error.status === 409 && (await onRefused())) return;
      showProblem(error, form.setError as never, ["type", "mode", "utr", "lines"]);
      setReview(null);
    }
  }

  if (review)
    return (
      <PayReview
        request={review}
        supplier={supplier}
        bills={bills}
        error={create.error}
        isSending={create.isPending}
        onBack={() => setReview(null)}
        onSend={() => send(review)}
      />
    );
  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={form.handleSubmit((request) => {
          create.reset();
          setReview(request);
          window.scrollTo({ top: 0 });
        })}
        className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]"
      >
        <div className="flex min-w-0 flex-col gap-4">
          <FormErrorSummary
            errors={listFormErrors(errors).filter((error) => error.name !== "root")}
            attempt={submitCount}
          />
          {errors.root?.server && (
            <Alert tone="danger" live>
              {errors.root.server.message}
            </Alert>
          )}
          <Card>
            <CardHeader title="How much" description="In full or in part, and what is deducted." />
            <CardBody className="flex flex-col divide-y divide-line">
              {bills.map((bill, index) => (
                <PayLine key={bill.id} bill={bill} index={index} />
              ))}
            </CardBody>
          </Card>
          <PayDetails business={business} supplier={supplier} bills={bills} />
        </div>
        <div className="flex flex-col gap-4 lg:sticky lg:top-4">
          <PayTo supplier={supplier} bills={bills} reference={draft.objectId} />
          <PaySummary bills={bills}>
            <Button type="submit" variant="primary" size="lg" className="w-full">
              Review payment
            </Button>
          </PaySummary>
        </div>
      </form>
    </FormProvider>
  );
}
