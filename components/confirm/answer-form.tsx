"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Check, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect } from "react";
import { useForm } from "react-hook-form";
import { ReadyRemarks } from "@/components/confirm/ready-remarks";
import { readyRemarks } from "@/components/confirm/ready-words";
import { dropDrafts, keepDraft, readDraft } from "@/components/confirm/remark-draft";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { mergeRefs } from "@/components/ui/merge-refs";
import { ProblemAlert } from "@/components/ui/problem-alert";
import { useTabStorage } from "@/components/ui/tab-storage";
import { Textarea } from "@/components/ui/textarea";
import { useAnswer } from "@/features/confirmations/client";
import { type Answer, answerSchema } from "@/features/confirmations/schema";
import type { Payment, PaymentDetail } from "@/features/payments/api";
import { ProblemError, showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";

interface AnswerFormProps {
  business: string;
  payment: Payment;
  response: Answer["response"];
  remarksRef: RefObject<HTMLTextAreaElement | null>;
  onSending: (isSending: boolean) => void;
  onAnswered: (payment: PaymentDetail) => void;
  onOvertaken: (words: string) => void;
}

/** A reply that was lost says nothing about whether the answer was taken. */
const isUnclear = (error: unknown) => !(error instanceof ProblemError) || error.mayPass;

/** Who reads the remark, and for whom has a keyboard how it is sent from there. */
function RemarkHint({ reader }: { reader: string }) {
  const key = /Mac/.test(navigator.platform) ? "⌘" : "Ctrl";
  return (
    <>
      {reader} reads this.{" "}
      <span className="hidden pointer-fine:inline">
        <Kbd>{key}</Kbd> + <Kbd>Enter</Kbd> gives the answer.
      </span>
    </>
  );
}

export function AnswerForm(props: AnswerFormProps) {
  const { business, payment, response, onSending } = props;
  const isAccept = response === "ACCEPT";
  const tab = useTabStorage();
  const draft = { business, objectId: payment.objectId, response };
  const ready = readyRemarks(response, payment);
  const answer = useAnswer(business, payment.objectId);
  const form = useForm<Answer>({
    resolver: zodResolver(answerSchema, { error: issueWords }),
    // Most are accepted as they came, so that remark stands there already; a rejection needs a reason that someone chose.
    defaultValues: { response, remarks: readDraft(tab, draft) ?? (isAccept ? (ready[0] ?? "") : "") },
  });
  const { errors } = form.formState;
  const remarks = form.watch("remarks");
  useEffect(() => onSending(answer.isPending), [onSending, answer.isPending]);

  const submit = form.handleSubmit(async (given) => {
    form.clearErrors("root");
    try {
      const answered = await answer.mutateAsync(given);
      dropDrafts(tab, draft);
      onSending(false);
      props.onAnswered(answered);
    } catch (error) {
      onSending(false);
      if (error instanceof ProblemError && error.status === 409) props.onOvertaken(error.message);
      else showProblem(error, form.setError, ["remarks"]);
    }
  });

  const field = form.register("remarks", { onChange: (event) => keepDraft(tab, draft, event.target.value) });
  function take(remark: string) {
    form.setValue("remarks", remark, { shouldDirty: true, shouldValidate: form.formState.isSubmitted });
    keepDraft(tab, draft, remark);
    form.setFocus("remarks");
  }
  /** Enter alone begins a line, as in every text: an answer can't be taken back, and is not given in passing. */
  function sendOnShortcut(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!event.repeat && !answer.isPending) void submit();
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field
        label="Remark"
        hint={<RemarkHint reader={payment.counterparty.name} />}
        error={errors.remarks?.message ?? errors.response?.message}
        required
      >
        <Textarea
          rows={2}
          limit={100}
          length={remarks.length}
          {...field}
          ref={mergeRefs(field.ref, props.remarksRef)}
          onKeyDown={sendOnShortcut}
        />
      </Field>
      <ReadyRemarks remarks={ready} chosen={remarks} onChoose={take} />
      {errors.root?.server &&
        (isUnclear(answer.error) ? (
          <Alert tone="warning" live>
            <p>{errors.root.server.message}</p>
            <p>Sending it again is safe: your answer counts once.</p>
          </Alert>
        ) : (
          <ProblemAlert problem={errors.root.server} />
        ))}
      <DialogFooter className="-mt-1">
        <DialogClose asChild>
          <Button variant="secondary">Back</Button>
        </DialogClose>
        <Button type="submit" variant={isAccept ? "primary" : "danger"} loading={answer.isPending}>
          {isAccept ? <Check aria-hidden /> : <X aria-hidden />}
          {isAccept ? "Accept payment" : "Reject payment"}
        </Button>
      </DialogFooter>
    </form>
  );
}
