"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { dropDrafts, keepDraft, readDraft } from "@/components/confirm/remark-draft";
import { dropDraftOf } from "@/components/pay/draft";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { focusMain } from "@/components/ui/focus-main";
import { ProblemAlert } from "@/components/ui/problem-alert";
import { useTabStorage } from "@/components/ui/tab-storage";
import { Textarea } from "@/components/ui/textarea";
import type { PaymentDetail } from "@/features/payments/api";
import { useDecline } from "@/features/payments/client";
import { type Decline, declineSchema, MOST_REMARKS } from "@/features/payments/schema";
import { ProblemError, showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";

interface DeclineDialogProps {
  business: string;
  payment: PaymentDetail;
  open: boolean;
  onClose: () => void;
}

/** Says no to a payment that waits for approval, or takes back one's own. */
export function DeclineDialog({ business, payment, open, onClose }: DeclineDialogProps) {
  const [isSending, setSending] = useState(false);
  const hasEnded = useRef(false);
  // As it was asked: with the answer the payment waits no more.
  const [isOwn, setOwn] = useState(false);
  const { approval, createdBy, counterparty } = payment;
  useEffect(() => {
    if (approval) setOwn(approval.madeByYou);
  }, [approval]);
  function end() {
    hasEnded.current = true;
    onClose();
    toast.success(isOwn ? "Taken back. What it was for is due again." : "Not approved. What it was for is due again.");
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && !isSending && onClose()}>
      <DialogContent
        role="alertdialog"
        title={isOwn ? "Take this payment back?" : "Not approve this payment?"}
        description={
          isOwn
            ? `${counterparty.name} was never told of it. What it was for is due again.`
            : `${createdBy} reads why, and can correct it. ${counterparty.name} was never told of it, and what it was for is due again.`
        }
        onCloseAutoFocus={(event) => {
          // The button that opened it is gone with the payment's waiting.
          if (!hasEnded.current && approval) return;
          event.preventDefault();
          focusMain();
        }}
      >
        <DeclineForm business={business} payment={payment} isOwn={isOwn} onSending={setSending} onDeclined={end} />
      </DialogContent>
    </Dialog>
  );
}

interface DeclineFormProps {
  business: string;
  payment: PaymentDetail;
  isOwn: boolean;
  onSending: (isSending: boolean) => void;
  onDeclined: () => void;
}

function DeclineForm({ business, payment, isOwn, onSending, onDeclined }: DeclineFormProps) {
  const tab = useTabStorage();
  const draft = { business, objectId: payment.objectId, response: "DECLINE" };
  const decline = useDecline(business, payment.objectId);
  const form = useForm<Decline>({
    resolver: zodResolver(declineSchema, { error: issueWords }),
    defaultValues: { remarks: readDraft(tab, draft) ?? "" },
  });
  const { errors } = form.formState;
  useEffect(() => onSending(decline.isPending), [onSending, decline.isPending]);
  const submit = form.handleSubmit(async (given) => {
    form.clearErrors("root");
    try {
      await decline.mutateAsync(given);
      dropDrafts(tab, draft);
      dropDraftOf(tab, business, payment.objectId);
      onSending(false);
      onDeclined();
    } catch (error) {
      onSending(false);
      showProblem(error, form.setError, ["remarks"]);
    }
  });
  // Someone was faster: there is nothing to say no to any more.
  const isOvertaken = decline.error instanceof ProblemError && decline.error.status === 409;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field
        label="Why"
        hint={isOwn ? "May be left empty." : undefined}
        error={errors.remarks?.message}
        required={!isOwn}
      >
        <Textarea
          rows={2}
          limit={MOST_REMARKS}
          length={form.watch("remarks").length}
          {...form.register("remarks", { onChange: (event) => keepDraft(tab, draft, event.target.value) })}
        />
      </Field>
      {errors.root?.server && <ProblemAlert problem={errors.root.server} tone={isOvertaken ? "warning" : "danger"} />}
      <DialogFooter className="-mt-1">
        <DialogClose asChild>
          <Button variant="secondary">Back</Button>
        </DialogClose>
        <Button type="submit" variant="danger" loading={decline.isPending} disabled={isOvertaken}>
          {isOwn ? "Take it back" : "Don't approve"}
        </Button>
      </DialogFooter>
    </form>
  );
}
