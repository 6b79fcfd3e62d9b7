"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { type ChoosePasswordInput, choosePasswordSchema } from "@/features/accounts/schema";
import { changePassword } from "@/lib/auth-client";
import { ProblemError, problemWords } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";
import { MIN_PASSWORD_LENGTH } from "@/lib/password";
import { PasswordInput } from "./password-input";

interface ChoosePasswordFormProps {
  /** Where to go on to: a path of this portal. */
  next: string;
  /** For the browser's password store: whose password it is. */
  email: string;
}

export function ChoosePasswordForm({ next, email }: ChoosePasswordFormProps) {
  const form = useForm<ChoosePasswordInput>({
    resolver: zodResolver(choosePasswordSchema, { error: issueWords }),
    defaultValues: { currentPassword: "", newPassword: "", again: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  const submit = form.handleSubmit(async ({ currentPassword, newPassword }) => {
    try {
      await changePassword({ currentPassword, newPassword });
      window.location.assign(next);
    } catch (error) {
      const problem = error instanceof ProblemError ? error : null;
      if (problem?.code === "INVALID_PASSWORD") {
        form.setError("currentPassword", { message: "This is not your current password." }, { shouldFocus: true });
      } else if (problem?.code === "PASSWORD_TOO_COMMON") {
        form.setError("newPassword", { message: problem.message }, { shouldFocus: true });
      } else form.setError("root", { message: problemWords(error) });
    }
  });

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root && (
        <Alert tone="danger" live>
          {errors.root.message}
        </Alert>
      )}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label="Current password" error={errors.currentPassword?.message} required>
        <PasswordInput autoComplete="current-password" {...form.register("currentPassword")} />
      </Field>
      <Field
        label="New password"
        hint={`At least ${MIN_PASSWORD_LENGTH} characters. A few words in a row do well.`}
        error={errors.newPassword?.message}
        required
      >
        <PasswordInput autoComplete="new-password" {...form.register("newPassword")} />
      </Field>
      <Field label="New password again" error={errors.again?.message} required>
        <PasswordInput autoComplete="new-password" {...form.register("again")} />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={isSubmitting || isSubmitSuccessful}>
        Save password
      </Button>
    </form>
  );
}
