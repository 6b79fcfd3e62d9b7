"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Path, type UseFormReturn, useForm } from "react-hook-form";
import type { Draft } from "@/components/pay/draft";
import { useCreatePayment } from "@/features/payments/client";
import { type PayBill, type PayValues, payFormSchema } from "@/features/payments/form";
import type { PaymentRequest } from "@/features/payments/schema";
import { ProblemError, showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";
import { portalNow } from "@/lib/portal-clock";

/** The pay form as its fields know it. */
export type PayFormOf = UseFormReturn<PayValues, unknown, PaymentRequest>;

export interface PayFormEvents {
  /** Everything typed, at every change, and whether it was sent. */
  onChange: (values: PayValues, sent: boolean) => void;
  onPaid: (objectId: string) => void;
  /**
   * After a refusal by the books: goes to the payment's page, and says true, when it had been sent before and is there; else has what is
   * due read anew.
   */
  onRefused: () => Promise<boolean>;
}

interface PayFormOptions extends PayFormEvents {
  business: string;
  supplierB2BId: string;
  bills: readonly PayBill[];
  draft: Draft;
}

/** What was said elsewhere and may no longer be so once this field has changed: of a line's amounts together, of the time on a day. */
function concerned(name: string): Path<PayValues>[] {
  const line = /^lines\.\d+/.exec(name)?.[0] as `lines.${number}` | undefined;
  if (line) return [`${line}.netPaise`, `${line}.adjustmentPaise` as Path<PayValues>, "lines.root" as Path<PayValues>];
  return name === "paidDay" ? ["paidTime"] : [];
}

/** The pay form, its review, and sending it. */
export function usePayForm({ business, supplierB2BId, bills, draft, onChange, onPaid, onRefused }: PayFormOptions) {
  const create = useCreatePayment(business);
  const [review, setReview] = useState<PaymentRequest | null>(null);
  const [isLookingUp, setLookingUp] = useState(false);
  const sent = useRef(draft.sent);
  const schema = useMemo(
    () => payFormSchema({ objectId: draft.objectId, supplierB2BId, bills, now: portalNow }),
    [draft.objectId, supplierB2BId, bills],
  );
  const form = useForm<PayValues, unknown, PaymentRequest>({
    resolver: zodResolver(schema, { error: issueWords }),
    defaultValues: draft.values,
    shouldFocusError: false,
  });

  const { isSubmitted } = form.formState;
  useEffect(() => {
    const subscription = form.watch((_values, { name }) => {
      onChange(form.getValues(), sent.current);
      const others = isSubmitted && name ? concerned(name) : [];
      // One by one: all at once would be told to every line, and not to those alone that they are about.
      for (const other of others) void form.trigger(other);
    });
    return () => subscription.unsubscribe();
  }, [form, onChange, isSubmitted]);

  // A bill that somebody else has paid meanwhile goes; what was said of places among the lines goes with it.
  useEffect(() => {
    const kept = form.getValues("lines").filter((line) => bills.some((bill) => bill.id === line.invoiceId));
    if (kept.length === form.getValues("lines").length) return;
    form.clearErrors("lines");
    form.setValue("lines", kept);
  }, [form, bills]);

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
      setLookingUp(true);
      const isMade = error instanceof ProblemError && error.status === 409 && (await onRefused());
      setLookingUp(false);
      if (isMade) return;
      showProblem(error, form.setError, ["type", "mode", "utr", "lines"]);
      setReview(null);
    }
  }

  const toReview = form.handleSubmit((request) => {
    create.reset();
    setReview(request);
    window.scrollTo({ top: 0 });
  });
  return {
    form,
    review,
    toReview,
    back: () => setReview(null),
    send,
    // A refusal goes to the fields.
    error: create.error instanceof ProblemError && !create.error.mayPass ? null : create.error,
    isSending: create.isPending || isLookingUp,
  };
}
