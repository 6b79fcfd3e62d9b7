"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Check, X } from "lucide-react";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { READY_MADE } from "@/components/confirm/ready-made";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Money } from "@/components/ui/money";
import { Textarea } from "@/components/ui/textarea";
import type { Payment } from "@/features/payments/api";
import { useAnswerPayment } from "@/features/payments/client";
import { type Answer, answerSchema } from "@/features/payments/schema";
import { showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";
import { paise } from "@/lib/money";

interface AnswerFormProps {
  business: string;
  payment: Payment;
  response: Answer["response"];
  onDone: () => void;
  onCancel: () => void;
}

/** Says in words what the answer means, takes the remark, and sends it. What was typed stays when it could not be sent. */
export function AnswerForm({ business, payment, response, onDone, onCancel }: AnswerFormProps) {
  const answer = useAnswerPayment(business, payment.objectId);
  const readyId = useId();
  const form = useForm<Answer>({
    resolver: zodResolver(answerSchema, { error: issueWords }),
    defaultValues: { response, remarks: "" },
  });
  const { errors } = form.formState;
  const isAccept = response === "ACCEPT";
  const submit = form.handleSubmit(async (values) => {
    try {
      await answer.mutateAsync(values);
      toast.success(isAccept ? "Accepted. The buyer is being told." : "Rejected. The buyer is being told.");
      onDone();
    } catch (error) {
      showProblem(error, form.setError, ["remarks"]);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <p>
        {isAccept ? (
          <>
            You confirm that <Money paise={paise(payment.netPaise)} className="font-semibold" /> has arrived
            {payment.adjustmentPaise > 0 && (
              <>
                , and agree to adjustments of <Money paise={paise(payment.adjustmentPaise)} className="font-semibold" />
              </>
            )}
            . <Money paise={paise(payment.totalPaise)} className="font-semibold" /> of your invoices will be settled.
          </>
        ) : (
          <>
            You tell {payment.counterparty.name} that this payment does not count.{" "}
            <Money paise={paise(payment.totalPaise)} className="font-semibold" /> will be due again. This can't be
            undone.
          </>
        )}
      </p>
      {errors.root?.server && (
        <Alert tone="danger" live>
          {errors.root.server.message}
        </Alert>
      )}
      <Field label="Remarks" hint="The buyer reads this." error={errors.remarks?.message} required>
        <Textarea rows={2} limit={100} length={form.watch("remarks").length} autoFocus {...form.register("remarks")} />
      </Field>
      <div>
        <p id={readyId} className="text-[0.8125rem] text-muted">
          Ready-made
        </p>
        <ul aria-labelledby={readyId} className="mt-1.5 flex flex-wrap gap-1.5">
          {READY_MADE[response].map((remark) => (
            <li key={remark}>
              <Button
                variant="secondary"
                size="sm"
                onClick={() => {
                  form.setValue("remarks", remark, { shouldValidate: true, shouldDirty: true });
                  form.setFocus("remarks");
                }}
              >
                {remark}
              </Button>
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="secondary" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant={isAccept ? "primary" : "danger"} loading={answer.isPending}>
          {isAccept ? <Check aria-hidden /> : <X aria-hidden />}
          {isAccept ? "Accept payment" : "Reject payment"}
        </Button>
      </div>
    </form>
  );
}
