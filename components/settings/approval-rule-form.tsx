"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { MoneyInput } from "@/components/ui/money-input";
import { ProblemAlert } from "@/components/ui/problem-alert";
import { RadioCard } from "@/components/ui/radio-card";
import { type ApprovalRuleValues, approvalRuleForm, approvalRuleValues } from "@/features/businesses/approval-form";
import { useChangeSettings } from "@/features/businesses/client";
import { showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";

interface ApprovalRuleFormProps {
  business: string;
  from: number | null;
  onSending: (isSending: boolean) => void;
  onSaved: () => void;
}

export function ApprovalRuleForm({ business, from, onSending, onSaved }: ApprovalRuleFormProps) {
  const router = useRouter();
  const change = useChangeSettings(business);
  const form = useForm<ApprovalRuleValues, unknown, z.output<typeof approvalRuleForm>>({
    resolver: zodResolver(approvalRuleForm, { error: issueWords }),
    defaultValues: approvalRuleValues(from),
  });
  const { errors } = form.formState;
  useEffect(() => onSending(change.isPending), [onSending, change.isPending]);
  const submit = form.handleSubmit(async (settings) => {
    form.clearErrors("root");
    try {
      await change.mutateAsync(settings);
      onSending(false);
      toast.success(
        settings.approvalFromPaise === null
          ? "Payments go out without a second person."
          : "A second person approves them from now on.",
      );
      router.refresh();
      onSaved();
    } catch (error) {
      onSending(false);
      showProblem(error, form.setError, []);
    }
  });
  const choice = form.register("rule");
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root?.server && <ProblemAlert problem={errors.root.server} />}
      <FieldGroup legend="Payments" error={errors.rule?.message}>
        <RadioCard {...choice} value="never" label="None" description="Whoever makes a payment tells the supplier." />
        <RadioCard {...choice} value="every" label="Every payment" />
        <RadioCard
          {...choice}
          value="from"
          label="Those of an amount or more"
          description="What a payment settles in all counts, with TDS and other adjustments."
        />
      </FieldGroup>
      {form.watch("rule") === "from" && (
        <Field label="From this amount on" error={errors.amount?.message} required>
          <MoneyInput {...form.register("amount")} />
        </Field>
      )}
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="secondary">Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={change.isPending}>
          Save
        </Button>
      </DialogFooter>
    </form>
  );
}
