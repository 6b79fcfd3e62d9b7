"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect } from "react";
import { useForm } from "react-hook-form";
import { dropDrafts, keepDraft, readDraft } from "@/components/confirm/remark-draft";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { ProblemAlert } from "@/components/ui/problem-alert";
import { useTabStorage } from "@/components/ui/tab-storage";
import { Textarea } from "@/components/ui/textarea";
import type { Invoice } from "@/features/invoices/api";
import { useAnswerInvoice } from "@/features/invoices/client";
import {
  answerInvoiceSchema,
  type InvoiceAnswer,
  type InvoiceResponse,
  MOST_REMARKS,
} from "@/features/invoices/schema";
import { ProblemError, showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";

interface AnswerInvoiceFormProps {
  business: string;
  invoice: Invoice;
  response: InvoiceResponse;
  /** The version that was looked at. */
  version: number;
  confirmLabel: string;
  onSending: (isSending: boolean) => void;
  onAnswered: () => void;
}

/** Takes the remarks with a return or a rejection, and sends both. */
export function AnswerInvoiceForm(props: AnswerInvoiceFormProps) {
  const { invoice, response, version, onSending } = props;
  const tab = useTabStorage();
  const draft = { business: props.business, objectId: invoice.id, response };
  const answer = useAnswerInvoice(props.business, invoice.id);
  const form = useForm<InvoiceAnswer>({
    resolver: zodResolver(answerInvoiceSchema, { error: issueWords }),
    defaultValues: { response, version, remarks: readDraft(tab, draft) ?? "" },
  });
  const { errors } = form.formState;
  const remarks = form.watch("remarks");
  useEffect(() => onSending(answer.isPending), [onSending, answer.isPending]);

  const submit = form.handleSubmit(async (given) => {
    form.clearErrors("root");
    try {
      await answer.mutateAsync(given);
      dropDrafts(tab, draft);
      onSending(false);
      props.onAnswered();
    } catch (error) {
      onSending(false);
      showProblem(error, form.setError, ["remarks"]);
    }
  });
  // Someone was faster: what stands behind this window is not what was looked at.
  const isOvertaken = answer.error instanceof ProblemError && answer.error.status === 409;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field
        label={response === "RETURN" ? "What is to be corrected" : "Why it is rejected"}
        error={errors.remarks?.message}
        required
      >
        <Textarea
          rows={3}
          limit={MOST_REMARKS}
          length={remarks.length}
          {...form.register("remarks", { onChange: (event) => keepDraft(tab, draft, event.target.value) })}
        />
      </Field>
      {errors.root?.server && <ProblemAlert problem={errors.root.server} tone={isOvertaken ? "warning" : "danger"} />}
      <DialogFooter className="-mt-1">
        <DialogClose asChild>
          <Button variant="secondary">Back</Button>
        </DialogClose>
        <Button
          type="submit"
          variant={response === "RETURN" ? "primary" : "danger"}
          loading={answer.isPending}
          disabled={isOvertaken}
        >
          {props.confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
